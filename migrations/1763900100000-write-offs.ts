import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is written off stands beside what is paid: the one is a loss, the other was collected. */
export class WriteOffs1763900100000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE driver_loans
        ADD COLUMN written_off numeric(12,2) NOT NULL DEFAULT 0,
        DROP CONSTRAINT ck_driver_loans_totals,
        ADD CONSTRAINT ck_driver_loans_totals
          CHECK (total_principal_paid >= 0 AND total_interest_paid >= 0 AND written_off >= 0 AND outstanding_balance >= 0
             AND outstanding_balance = loan_amount - total_principal_paid - written_off)`);
    // The principal of an installment that was never posted is written off too: it is SKIPPED then, and by this column
    // told from one that a payoff or a cancellation skipped
    await db.query(`
      ALTER TABLE loan_schedules
        ADD COLUMN principal_written_off numeric(12,2) NOT NULL DEFAULT 0,
        ADD COLUMN interest_written_off numeric(12,2) NOT NULL DEFAULT 0,
        DROP CONSTRAINT ck_loan_schedules_paid,
        ADD CONSTRAINT ck_loan_schedules_paid
          CHECK (principal_paid >= 0 AND interest_paid >= 0
             AND principal_paid + principal_written_off <= principal_amount
             AND interest_paid + interest_written_off <= interest_amount
             AND outstanding_balance
               = total_due - principal_paid - interest_paid - principal_written_off - interest_written_off
             AND (principal_paid = 0 OR interest_paid = interest_amount)),
        ADD CONSTRAINT ck_loan_schedules_written_off
          CHECK (principal_written_off >= 0 AND interest_written_off >= 0
             AND CASE status WHEN 'SCHEDULED' THEN principal_written_off = 0 AND interest_written_off = 0
                             WHEN 'SKIPPED' THEN principal_written_off IN (0, principal_amount) AND interest_written_off = 0
                             ELSE true END)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE loan_schedules
        DROP CONSTRAINT ck_loan_schedules_written_off,
        DROP CONSTRAINT ck_loan_schedules_paid,
        ADD CONSTRAINT ck_loan_schedules_paid
          CHECK (principal_paid BETWEEN 0 AND principal_amount AND interest_paid BETWEEN 0 AND interest_amount
             AND outstanding_balance = total_due - principal_paid - interest_paid
             AND (principal_paid = 0 OR interest_paid = interest_amount)),
        DROP COLUMN principal_written_off,
        DROP COLUMN interest_written_off`);
    await db.query(`
      ALTER TABLE driver_loans
        DROP CONSTRAINT ck_driver_loans_totals,
        ADD CONSTRAINT ck_driver_loans_totals
          CHECK (total_principal_paid >= 0 AND total_interest_paid >= 0 AND outstanding_balance >= 0
             AND outstanding_balance = loan_amount - total_principal_paid),
        DROP COLUMN written_off`);
  }
}
