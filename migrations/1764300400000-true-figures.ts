import type { MigrationInterface, QueryRunner } from 'typeorm';

const UNPAID_OF_INSTALLMENT =
  'total_due - principal_paid - interest_paid - principal_written_off - interest_written_off';
const UNPAID_OF_LOAN = 'loan_amount - total_principal_paid - written_off';

/**
 * An outstanding balance is what is owed: 0.00 for a loan that is a DRAFT or CANCELLED, and for a SKIPPED installment. So
 * every reader that adds the column up is right without a filter.
 */
export class TrueFigures1764300400000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.constrain(db, {
      installment: `CASE status WHEN 'SKIPPED' THEN 0 ELSE ${UNPAID_OF_INSTALLMENT} END`,
      loan: `CASE WHEN status IN ('DRAFT', 'CANCELLED') THEN 0 ELSE ${UNPAID_OF_LOAN} END`,
    });
    // a run over one loan that cannot be posted fails as a whole: its error names no installment
    await db.query(`
      ALTER TABLE posting_run_errors
        DROP CONSTRAINT pk_posting_run_errors,
        ALTER COLUMN installment_id DROP NOT NULL,
        ADD CONSTRAINT uq_posting_run_errors_installment UNIQUE NULLS NOT DISTINCT (run_id, installment_id)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DELETE FROM posting_run_errors WHERE installment_id IS NULL');
    await db.query(`
      ALTER TABLE posting_run_errors
        DROP CONSTRAINT uq_posting_run_errors_installment,
        ALTER COLUMN installment_id SET NOT NULL,
        ADD CONSTRAINT pk_posting_run_errors PRIMARY KEY (run_id, installment_id)`);
    await this.constrain(db, { installment: UNPAID_OF_INSTALLMENT, loan: UNPAID_OF_LOAN });
  }

  /** Computes both columns by their rule, and has the database hold it. */
  private async constrain(
    db: QueryRunner,
    outstanding: { readonly installment: string; readonly loan: string },
  ): Promise<void> {
    await db.query('ALTER TABLE loan_schedules DROP CONSTRAINT ck_loan_schedules_paid');
    await db.query(`
      UPDATE loan_schedules SET outstanding_balance = ${outstanding.installment}
      WHERE outstanding_balance <> ${outstanding.installment}`);
    await db.query(`
      ALTER TABLE loan_schedules ADD CONSTRAINT ck_loan_schedules_paid
        CHECK (principal_paid >= 0 AND interest_paid >= 0
           AND principal_paid + principal_written_off <= principal_amount
           AND interest_paid + interest_written_off <= interest_amount
           AND outstanding_balance = ${outstanding.installment}
           AND (principal_paid = 0 OR interest_paid = interest_amount))`);
    await db.query('ALTER TABLE driver_loans DROP CONSTRAINT ck_driver_loans_totals');
    await db.query(`
      UPDATE driver_loans SET outstanding_balance = ${outstanding.loan}
      WHERE outstanding_balance <> ${outstanding.loan}`);
    await db.query(`
      ALTER TABLE driver_loans ADD CONSTRAINT ck_driver_loans_totals
        CHECK (total_principal_paid >= 0 AND total_interest_paid >= 0 AND written_off >= 0 AND outstanding_balance >= 0
           AND outstanding_balance = ${outstanding.loan})`);
  }
}
