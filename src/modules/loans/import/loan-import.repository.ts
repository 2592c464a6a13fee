import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { Tx } from '../../../platform/database/transactions.js';

/** The terms of an imported loan. */
export interface ImportedLoan {
  readonly import_reference: string;
  readonly loan_id: string;
  readonly tlc_license_number: string;
  readonly lease_number: string;
  readonly loan_amount: string;
  readonly interest_rate: string;
  readonly start_week: CalendarDate;
}

@Injectable()
export class LoanImportRepository {
  find(tx: Tx, references: readonly string[]): Promise<ImportedLoan[]> {
    return tx.query(
      `SELECT loan.import_reference, loan.loan_id, driver.tlc_license_number, lease.lease_number, loan.loan_amount,
              loan.interest_rate, loan.start_week
       FROM driver_loans loan
       JOIN drivers driver ON driver.id = loan.driver_id
       JOIN leases lease ON lease.id = loan.lease_id
       WHERE loan.import_reference = ANY($1)`,
      [references],
    );
  }
}
