import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each CREDIT has left over, refunds of it, and credits that belong to the driver instead of the lease. */
export class CreditsOfTheDriver1764300200000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.createCredits(db);
    await this.createRefunds(db);
    await this.followPostings(db);
    await this.guardAllocations(db);
    await this.guardRefunds(db);
    await db.query('ALTER TABLE posting_runs ADD COLUMN credits_applied numeric(20,2) NOT NULL DEFAULT 0');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE posting_runs DROP COLUMN credits_applied');
    await db.query(`
      CREATE OR REPLACE FUNCTION payment_allocation_guard() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        wrong text;
      BEGIN
        SELECT p.posting_id INTO wrong
        FROM (SELECT DISTINCT payment_posting_id FROM made) AS touched
        JOIN ledger_postings p ON p.posting_id = touched.payment_posting_id
        WHERE p.posting_type <> 'CREDIT' OR p.status <> 'POSTED' OR p.reverses_posting_id IS NOT NULL
           OR p.amount < (SELECT sum(a.amount_allocated) FROM payment_allocations a
                          WHERE a.payment_posting_id = p.posting_id)
           OR EXISTS (SELECT 1 FROM made m JOIN ledger_balances b USING (balance_id)
                      WHERE m.payment_posting_id = p.posting_id
                        AND (b.driver_id, b.lease_id) IS DISTINCT FROM (p.driver_id, p.lease_id))
        LIMIT 1;
        IF FOUND THEN
          RAISE EXCEPTION 'posting % has not the money for its allocations', wrong
            USING ERRCODE = '23514', CONSTRAINT = 'payment_allocations_within_credit';
        END IF;
        RETURN NULL;
      END $$`);
    for (const name of ['credit', 'credit_voided', 'refund_covered']) {
      await db.query(`DROP TRIGGER trg_ledger_postings_${name} ON ledger_postings`);
    }
    await db.query('DROP TABLE credit_refunds, ledger_credits');
    await db.query(`
      DROP FUNCTION ledger_credit_of_posting, ledger_credit_of_void, credit_refund_guard, refund_posting_guard`);
  }

  /** One row a payment or write-off: what balances are to DEBITs. Only the triggers below write it. */
  private async createCredits(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE ledger_credits (
        posting_id  bigint CONSTRAINT pk_ledger_credits PRIMARY KEY,
        driver_id   integer NOT NULL,
        lease_id    integer NOT NULL,
        amount      numeric(12,2) NOT NULL,
        allocated   numeric(12,2) NOT NULL DEFAULT 0,
        refunded    numeric(12,2) NOT NULL DEFAULT 0,
        left_over   numeric(12,2) NOT NULL,
        is_voided   boolean NOT NULL DEFAULT false,
        CONSTRAINT fk_ledger_credits_posting
          FOREIGN KEY (posting_id, driver_id, lease_id) REFERENCES ledger_postings (id, driver_id, lease_id),
        CONSTRAINT ck_ledger_credits_amounts
          CHECK (amount > 0 AND allocated >= 0 AND refunded >= 0 AND allocated + refunded <= amount),
        CONSTRAINT ck_ledger_credits_left_over
          CHECK (left_over = CASE WHEN is_voided THEN 0 ELSE amount - allocated - refunded END),
        CONSTRAINT ck_ledger_credits_voided CHECK (NOT is_voided OR refunded = 0)
      ) WITH (fillfactor = 90)`);
    await db.query(`
      INSERT INTO ledger_credits (posting_id, driver_id, lease_id, amount, allocated, left_over, is_voided)
      SELECT p.id, p.driver_id, p.lease_id, p.amount, coalesce(a.amount, 0),
             CASE p.status WHEN 'POSTED' THEN p.amount - coalesce(a.amount, 0) ELSE 0 END, p.status = 'VOIDED'
      FROM ledger_postings p
      LEFT JOIN (SELECT payment_posting_id, sum(amount_allocated) AS amount FROM payment_allocations GROUP BY 1) AS a
        ON a.payment_posting_id = p.posting_id
      WHERE p.kind IN ('PAYMENT', 'WRITE_OFF')`);
    await db.query(
      'CREATE INDEX idx_ledger_credits_left_over ON ledger_credits (driver_id) WHERE left_over > 0',
    );
    await db.query(`
      CREATE TRIGGER trg_ledger_credits_followed BEFORE INSERT OR UPDATE ON ledger_credits
        FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_change()`);
    await db.query(`
      CREATE TRIGGER trg_ledger_credits_kept BEFORE DELETE OR TRUNCATE ON ledger_credits
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
  }

  private async createRefunds(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE credit_refunds (
        refund_posting_id  text COLLATE "C" NOT NULL
          CONSTRAINT fk_credit_refunds_refund REFERENCES ledger_postings (posting_id),
        payment_posting_id text COLLATE "C" NOT NULL
          CONSTRAINT fk_credit_refunds_payment REFERENCES ledger_postings (posting_id),
        amount             numeric(12,2) NOT NULL,
        CONSTRAINT pk_credit_refunds PRIMARY KEY (refund_posting_id, payment_posting_id),
        CONSTRAINT ck_credit_refunds_amount CHECK (amount > 0)
      )`);
    await db.query('CREATE INDEX idx_credit_refunds_payment ON credit_refunds (payment_posting_id)');
    await db.query(`
      CREATE TRIGGER trg_credit_refunds_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON credit_refunds
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
  }

  /** A payment makes a credit; its void ends the credit, and the void of a refund gives the refunded part back. */
  private async followPostings(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION ledger_credit_of_posting() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO ledger_credits (posting_id, driver_id, lease_id, amount, left_over)
        SELECT id, driver_id, lease_id, amount, amount FROM written WHERE kind IN ('PAYMENT', 'WRITE_OFF');
        RETURN NULL;
      END $$`);
    await db.query(`
      CREATE TRIGGER trg_ledger_postings_credit AFTER INSERT ON ledger_postings
        REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ledger_credit_of_posting()`);
    await db.query(`
      CREATE FUNCTION ledger_credit_of_void() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.kind = 'REFUND' THEN
          UPDATE ledger_credits c
          SET refunded = c.refunded - r.amount, left_over = c.left_over + r.amount
          FROM credit_refunds r JOIN ledger_postings p ON p.posting_id = r.payment_posting_id
          WHERE r.refund_posting_id = NEW.posting_id AND c.posting_id = p.id;
        ELSE
          UPDATE ledger_credits SET is_voided = true, left_over = 0 WHERE posting_id = NEW.id;
        END IF;
        RETURN NULL;
      END $$`);
    await db.query(`
      CREATE TRIGGER trg_ledger_postings_credit_voided AFTER UPDATE ON ledger_postings
        FOR EACH ROW WHEN (NEW.kind IN ('PAYMENT', 'WRITE_OFF', 'REFUND') AND NEW.status = 'VOIDED')
        EXECUTE FUNCTION ledger_credit_of_void()`);
  }

  /** No CREDIT gives more than it has left, none that is voided gives anything, and each pays its own driver's debts. */
  private async guardAllocations(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE OR REPLACE FUNCTION payment_allocation_guard() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        wrong text;
      BEGIN
        SELECT p.posting_id INTO wrong
        FROM made m
        JOIN ledger_postings p ON p.posting_id = m.payment_posting_id
        JOIN ledger_balances b ON b.balance_id = m.balance_id
        LEFT JOIN ledger_credits c ON c.posting_id = p.id
        GROUP BY p.id, c.posting_id
        HAVING c.posting_id IS NULL OR sum(m.amount_allocated) > c.left_over OR NOT bool_and(b.driver_id = p.driver_id)
        LIMIT 1;
        IF FOUND THEN
          RAISE EXCEPTION 'posting % does not have the money for its allocations', wrong
            USING ERRCODE = '23514', CONSTRAINT = 'payment_allocations_within_credit';
        END IF;
        UPDATE ledger_credits c
        SET allocated = c.allocated + given.amount, left_over = c.left_over - given.amount
        FROM (SELECT p.id, sum(m.amount_allocated) AS amount
              FROM made m JOIN ledger_postings p ON p.posting_id = m.payment_posting_id GROUP BY p.id) AS given
        WHERE c.posting_id = given.id;
        RETURN NULL;
      END $$`);
  }

  /** A refund takes exactly its amount from payments of its own driver, and no more than they have left over. */
  private async guardRefunds(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION credit_refund_guard() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        wrong text;
      BEGIN
        SELECT m.refund_posting_id INTO wrong
        FROM made m
        JOIN ledger_postings r ON r.posting_id = m.refund_posting_id
        JOIN ledger_postings p ON p.posting_id = m.payment_posting_id
        LEFT JOIN ledger_credits c ON c.posting_id = p.id
        GROUP BY m.refund_posting_id, m.payment_posting_id, r.id, p.id, c.posting_id
        HAVING r.kind <> 'REFUND' OR r.status <> 'POSTED' OR p.kind <> 'PAYMENT' OR r.driver_id <> p.driver_id
            OR sum(m.amount) > c.left_over
        LIMIT 1;
        IF FOUND THEN
          RAISE EXCEPTION 'refund % is not covered by the credit of its driver', wrong
            USING ERRCODE = '23514', CONSTRAINT = 'credit_refunds_within_credit';
        END IF;
        UPDATE ledger_credits c
        SET refunded = c.refunded + given.amount, left_over = c.left_over - given.amount
        FROM (SELECT p.id, sum(m.amount) AS amount
              FROM made m JOIN ledger_postings p ON p.posting_id = m.payment_posting_id GROUP BY p.id) AS given
        WHERE c.posting_id = given.id;
        RETURN NULL;
      END $$`);
    await db.query(`
      CREATE TRIGGER trg_credit_refunds_within_credit AFTER INSERT ON credit_refunds
        REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION credit_refund_guard()`);
    await db.query(`
      CREATE FUNCTION refund_posting_guard() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.amount IS DISTINCT FROM
           (SELECT sum(amount) FROM credit_refunds WHERE refund_posting_id = NEW.posting_id) THEN
          RAISE EXCEPTION 'refund % does not say which credit it uses', NEW.posting_id
            USING ERRCODE = '23514', CONSTRAINT = 'ledger_postings_refund_covered';
        END IF;
        RETURN NULL;
      END $$`);
    await db.query(`
      CREATE CONSTRAINT TRIGGER trg_ledger_postings_refund_covered AFTER INSERT ON ledger_postings
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.kind = 'REFUND')
        EXECUTE FUNCTION refund_posting_guard()`);
  }
}
