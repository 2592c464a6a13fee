import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../../../kernel/calendar/calendar-date.js';
import type { Tx } from '../../../../platform/database/transactions.js';
import { LATEST_LEASE } from '../../account/latest-lease.sql.js';

/** The driver and the lease that a row names. */
interface NamedAccount {
  readonly line: number;
  readonly tlc_license_number: string;
  /** Absent: the lease under which a payment for all leases of the driver is recorded */
  readonly lease_number?: string | undefined;
}

/** What was found for a row. Null if it does not exist. */
export interface FoundAccount {
  readonly line: number;
  readonly driver_id: number | null;
  readonly lease_id: number | null;
  /** The driver of the lease */
  readonly lease_driver_id: number | null;
}

/** The posting of a reference that is not voided. */
export interface RecordedCharge {
  readonly reference: string;
  readonly posting_id: string;
  readonly tlc_license_number: string;
  readonly lease_number: string;
  readonly category: string;
  readonly amount: string;
  readonly payment_period_start: CalendarDate;
  /** Null if the posting is not a charge */
  readonly due_date: CalendarDate | null;
}

const ACCOUNTS = `
  SELECT named.line, d.id AS driver_id, le.id AS lease_id, le.driver_id AS lease_driver_id
  FROM jsonb_to_recordset($1::jsonb) AS named (line integer, tlc_license_number text, lease_number text)
  LEFT JOIN drivers d ON d.tlc_license_number = named.tlc_license_number
  LEFT JOIN leases le ON le.id = CASE
    WHEN named.lease_number IS NULL THEN (${LATEST_LEASE('d.id')})
    ELSE (SELECT id FROM leases WHERE lease_number = named.lease_number) END`;

const RECORDED = `
  SELECT p.source_id AS reference, p.posting_id, d.tlc_license_number, le.lease_number, p.category, p.amount,
         p.payment_period_start, b.due_date
  FROM ledger_postings p
  JOIN drivers d ON d.id = p.driver_id
  JOIN leases le ON le.id = p.lease_id
  LEFT JOIN ledger_balances b ON b.posting_id = p.id
  WHERE p.source_type = $1 AND p.source_id = ANY($2) AND p.status = 'POSTED'`;

/** Reads what the rows of a file of charges refer to, in one statement for many rows. */
@Injectable()
export class ChargeImportRepository {
  findAccounts(tx: Tx, rows: readonly NamedAccount[]): Promise<FoundAccount[]> {
    return tx.query(ACCOUNTS, [JSON.stringify(rows)]);
  }

  findRecorded(tx: Tx, referenceType: string, references: readonly string[]): Promise<RecordedCharge[]> {
    return tx.query(RECORDED, [referenceType, references]);
  }
}
