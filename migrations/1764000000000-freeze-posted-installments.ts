import type { MigrationInterface, QueryRunner } from 'typeorm';

const TERMS = [
  'installment_id',
  'loan_id',
  'installment_number',
  'due_date',
  'week_start',
  'week_end',
  'principal_amount',
  'interest_amount',
  'total_due',
  'interest_principal',
  'interest_rate',
  'interest_days',
];

/** What stands in the ledger has the terms under which it was posted: a new plan moves unposted installments only. */
export class FreezePostedInstallments1764000000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION posted_installment_guard() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'installment % is posted: its terms stay', OLD.installment_id USING ERRCODE = '55000';
      END $$`);
    const terms = (row: 'OLD' | 'NEW'): string => `(${TERMS.map((term) => `${row}.${term}`).join(', ')})`;
    await db.query(`
      CREATE TRIGGER trg_loan_schedules_posted_terms BEFORE UPDATE ON loan_schedules
        FOR EACH ROW WHEN (OLD.posted_to_ledger AND ${terms('OLD')} IS DISTINCT FROM ${terms('NEW')})
        EXECUTE FUNCTION posted_installment_guard()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER trg_loan_schedules_posted_terms ON loan_schedules');
    await db.query('DROP FUNCTION posted_installment_guard');
  }
}
