import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { CreditSource } from '../payments/payment-allocation.js';
import { LedgerPosting } from '../postings/ledger-posting.entity.js';
import type { PaymentMethod } from '../postings/posting-kind.js';
import type { RecordingParameters } from '../obligations/obligation.repository.js';

/** Money that is paid back to a driver, and the payments that it comes from. */
export interface Refund {
  readonly driverId: number;
  readonly method: PaymentMethod;
  readonly reference: string;
  readonly reason: string;
  readonly paidOn: CalendarDate;
  readonly week: PaymentWeek;
  /** At least one, the oldest payment first. The refund is their sum */
  readonly parts: readonly CreditSource[];
}

/**
 * A DEBIT of category EARNINGS, like the payments it refunds, on the lease of the latest of them. It has no balance.
 */
const INSERT = `
  WITH part AS (
    SELECT * FROM jsonb_to_recordset($4::jsonb) AS given (ordinality integer, "postingId" text, amount numeric)),
  refund AS (
    INSERT INTO ledger_postings (id, posting_id, driver_id, lease_id, posting_type, category, amount, source_type,
      source_id, payment_method, received_on, payment_period_start, payment_period_end, status, posted_at, posted_by,
      description, notes)
    SELECT next.number, public_id('LP', $1::integer, next.number, 6), $5::integer, latest.lease_id, 'DEBIT', 'EARNINGS',
           (SELECT sum(amount) FROM part), 'REFUND', $6::text, $7::text, $8::date, $9::date, $10::date, 'POSTED',
           $2::timestamptz, $3::integer, 'Refund of credit', $11::text
    FROM (SELECT next_number('ledger_postings_id_seq') AS number) AS next,
         (SELECT p.lease_id FROM part JOIN ledger_postings p ON p.posting_id = part."postingId"
          ORDER BY ordinality DESC LIMIT 1) AS latest
    RETURNING posting_id)
  INSERT INTO credit_refunds (refund_posting_id, payment_posting_id, amount)
  SELECT refund.posting_id, part."postingId", part.amount FROM refund, part
  RETURNING refund_posting_id AS posting_id`;

@Injectable()
export class RefundRepository {
  /** Whether a refund with this reference exists that is not voided. */
  exists(tx: Tx, reference: string): Promise<boolean> {
    return tx.existsBy(LedgerPosting, { sourceType: 'REFUND', sourceId: reference, status: 'POSTED' });
  }

  /** Records the refund and the credits that it uses, in one statement. Returns its posting id. */
  async record(tx: Tx, recording: RecordingParameters, refund: Refund): Promise<string> {
    const rows = await tx.query<[{ posting_id: string }]>(INSERT, [
      ...recording,
      JSON.stringify(refund.parts.map((part, ordinality) => ({ ordinality, ...part }))),
      refund.driverId,
      refund.reference,
      refund.method,
      refund.paidOn,
      refund.week.start,
      refund.week.end,
      refund.reason,
    ]);
    return rows[0].posting_id;
  }
}
