import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a payoff replaced, so that it can be undone as a whole. It can while its schedule is the latest version: undoing
 * makes a newer one. Payoffs of release 0.1 recorded none of this.
 */
export class Payoffs1764300500000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE loan_payoffs (
        loan_id                  text COLLATE "C" NOT NULL,
        schedule_version         integer NOT NULL,
        installment_id           text COLLATE "C" NOT NULL
          CONSTRAINT fk_loan_payoffs_installment REFERENCES loan_schedules (installment_id),
        replaced_numbers         integer[] NOT NULL,
        loan_status              text NOT NULL,
        interest_accrued_through date NOT NULL,
        payment_posting_id       text COLLATE "C"
          CONSTRAINT fk_loan_payoffs_payment REFERENCES ledger_postings (posting_id),
        CONSTRAINT pk_loan_payoffs PRIMARY KEY (loan_id, schedule_version),
        CONSTRAINT uq_loan_payoffs_installment UNIQUE (installment_id),
        CONSTRAINT fk_loan_payoffs_version
          FOREIGN KEY (loan_id, schedule_version) REFERENCES loan_schedule_versions (loan_id, version),
        CONSTRAINT ck_loan_payoffs_replaced CHECK (cardinality(replaced_numbers) > 0),
        CONSTRAINT ck_loan_payoffs_status CHECK (loan_status IN ('ACTIVE', 'ON_HOLD'))
      )`);
    await db.query(`
      CREATE TRIGGER trg_loan_payoffs_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON loan_payoffs
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE loan_payoffs');
  }
}
