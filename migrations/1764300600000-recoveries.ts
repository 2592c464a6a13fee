import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Money that comes in after a write-off: of which loan each RECOVERY is, and what of a loan is recovered. */
export class Recoveries1764300600000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE driver_loans
        ADD COLUMN recovered numeric(12,2) NOT NULL DEFAULT 0,
        ADD CONSTRAINT ck_driver_loans_recovered CHECK (recovered >= 0)`);
    await db.query(`
      CREATE TABLE loan_recoveries (
        posting_id text COLLATE "C" CONSTRAINT pk_loan_recoveries PRIMARY KEY
          CONSTRAINT fk_loan_recoveries_posting REFERENCES ledger_postings (posting_id),
        loan_id    text COLLATE "C" NOT NULL
          CONSTRAINT fk_loan_recoveries_loan REFERENCES driver_loans (loan_id),
        amount     numeric(12,2) NOT NULL,
        CONSTRAINT ck_loan_recoveries_amount CHECK (amount > 0)
      )`);
    await db.query('CREATE INDEX idx_loan_recoveries_loan ON loan_recoveries (loan_id)');
    await db.query(`
      CREATE TRIGGER trg_loan_recoveries_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON loan_recoveries
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    await this.followRecoveries(db);
    await this.guardLoans(db);
    await this.guardPostings(db);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const name of ['recovery_has_loan', 'recovery_voided']) {
      await db.query(`DROP TRIGGER trg_ledger_postings_${name} ON ledger_postings`);
    }
    await db.query('DROP TRIGGER trg_driver_loans_recovered ON driver_loans');
    await db.query('DROP TABLE loan_recoveries');
    await db.query(`
      DROP FUNCTION loan_recovery_made, loan_recovery_voided, loan_recovered_guard, recovery_posting_guard`);
    await db.query('ALTER TABLE driver_loans DROP COLUMN recovered');
  }

  /** A recovery raises what is recovered of its loan, and the void of its posting lowers it. */
  private async followRecoveries(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION loan_recovery_made() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE driver_loans l SET recovered = l.recovered + NEW.amount, updated_on = p.posted_at
        FROM ledger_postings p
        WHERE l.loan_id = NEW.loan_id AND p.posting_id = NEW.posting_id AND p.kind = 'RECOVERY' AND p.status = 'POSTED'
          AND (p.driver_id, p.lease_id, p.category, p.amount)
              IS NOT DISTINCT FROM (l.driver_id, l.lease_id, 'LOANS', NEW.amount);
        IF NOT FOUND THEN
          RAISE EXCEPTION 'posting % is not a recovery of % of the loan %', NEW.posting_id, NEW.amount, NEW.loan_id
            USING ERRCODE = '23514', CONSTRAINT = 'loan_recoveries_of_posting';
        END IF;
        RETURN NULL;
      END $$`);
    await db.query(`
      CREATE TRIGGER trg_loan_recoveries_made AFTER INSERT ON loan_recoveries
        FOR EACH ROW EXECUTE FUNCTION loan_recovery_made()`);
    await db.query(`
      CREATE FUNCTION loan_recovery_voided() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE driver_loans l SET recovered = l.recovered - r.amount, updated_on = NEW.voided_at
        FROM loan_recoveries r
        WHERE r.posting_id = NEW.posting_id AND l.loan_id = r.loan_id;
        RETURN NULL;
      END $$`);
    await db.query(`
      CREATE TRIGGER trg_ledger_postings_recovery_voided AFTER UPDATE ON ledger_postings
        FOR EACH ROW WHEN (NEW.kind = 'RECOVERY' AND NEW.status = 'VOIDED')
        EXECUTE FUNCTION loan_recovery_voided()`);
  }

  /** No more is recovered of a loan than is written off of it, principal and interest. */
  private async guardLoans(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION loan_recovered_guard() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.recovered > (SELECT sum(principal_written_off + interest_written_off)
                            FROM loan_schedules WHERE loan_id = NEW.loan_id) THEN
          RAISE EXCEPTION 'more is recovered of loan % than is written off of it', NEW.loan_id
            USING ERRCODE = '23514', CONSTRAINT = 'driver_loans_recovered_within_write_off';
        END IF;
        RETURN NULL;
      END $$`);
    await db.query(`
      CREATE TRIGGER trg_driver_loans_recovered AFTER UPDATE OF recovered, written_off ON driver_loans
        FOR EACH ROW WHEN (NEW.recovered > 0) EXECUTE FUNCTION loan_recovered_guard()`);
  }

  private async guardPostings(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION recovery_posting_guard() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NOT EXISTS (SELECT 1 FROM loan_recoveries WHERE posting_id = NEW.posting_id) THEN
          RAISE EXCEPTION 'recovery % does not name its loan', NEW.posting_id
            USING ERRCODE = '23514', CONSTRAINT = 'ledger_postings_recovery_has_loan';
        END IF;
        RETURN NULL;
      END $$`);
    await db.query(`
      CREATE CONSTRAINT TRIGGER trg_ledger_postings_recovery_has_loan AFTER INSERT ON ledger_postings
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.kind = 'RECOVERY')
        EXECUTE FUNCTION recovery_posting_guard()`);
  }
}
