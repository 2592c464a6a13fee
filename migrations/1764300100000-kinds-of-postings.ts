import type { MigrationInterface, QueryRunner } from 'typeorm';

// A payment or debt that somebody recorded by hand under one of these source types, before they were reserved, has no
// payment method: it stays what it is
const KIND = `CASE WHEN reverses_posting_id IS NOT NULL THEN 'VOID'
      WHEN posting_type = 'CREDIT' AND source_type = 'WRITE_OFF' THEN 'WRITE_OFF'
      WHEN posting_type = 'CREDIT' AND source_type = 'RECOVERY' AND payment_method IS NOT NULL THEN 'RECOVERY'
      WHEN posting_type = 'DEBIT' AND source_type = 'REFUND' AND payment_method IS NOT NULL THEN 'REFUND'
      WHEN posting_type = 'DEBIT' THEN 'CHARGE'
      ELSE 'PAYMENT' END`;

const UNPAID = 'original_amount - payment_applied';

/** What is hashed of a posting since the first seal. */
const HASHED = `line.id, line.posting_id, line.driver_id, line.lease_id, line.posting_type, line.category, line.amount,
        convert_to(line.source_type, 'UTF8'), convert_to(line.source_id, 'UTF8'), line.payment_period_start,
        line.payment_period_end, line.posted_at, line.posted_by, line.reverses_posting_id,
        convert_to(line.description, 'UTF8'), convert_to(line.notes, 'UTF8')`;

/** A posting has a kind, a payment says how and when the money came, and a voided balance owes nothing. */
export class KindsOfPostings1764300100000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.addPaymentFields(db);
    await this.addKind(db);
    await this.setRowHash(
      db,
      `CASE WHEN line.payment_method IS NULL AND line.received_on IS NULL
            THEN sha256(record_send(ROW('ledger_postings 1'::text, ${HASHED})))
            ELSE sha256(record_send(ROW('ledger_postings 2'::text, ${HASHED}, line.payment_method, line.received_on)))
       END`,
    );
    await this.constrainBalances(db, `CASE status WHEN 'VOIDED' THEN 0 ELSE ${UNPAID} END`);
  }

  async down(db: QueryRunner): Promise<void> {
    await this.constrainBalances(db, UNPAID);
    await this.setRowHash(db, `sha256(record_send(ROW('ledger_postings 1'::text, ${HASHED})))`);
    await this.setGuard(db, '');
    await db.query(
      'ALTER TABLE ledger_postings DROP COLUMN kind, DROP COLUMN payment_method, DROP COLUMN received_on',
    );
  }

  private async addPaymentFields(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE ledger_postings
        ADD COLUMN payment_method text,
        ADD COLUMN received_on date,
        ADD CONSTRAINT ck_ledger_postings_payment_method
          CHECK (payment_method IN ('CASH', 'CHECK', 'CARD', 'TRANSFER', 'EARNINGS', 'OTHER'))`);
  }

  private async addKind(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE ledger_postings
        ADD COLUMN kind text NOT NULL GENERATED ALWAYS AS (${KIND}) STORED,
        ADD CONSTRAINT ck_ledger_postings_kind
          CHECK (kind IN ('CHARGE', 'PAYMENT', 'VOID', 'WRITE_OFF', 'RECOVERY', 'REFUND')),
        ADD CONSTRAINT ck_ledger_postings_money
          CHECK (kind IN ('PAYMENT', 'RECOVERY', 'REFUND') OR (payment_method IS NULL AND received_on IS NULL))`);
    // A generated column of NEW is computed after the triggers that run before the row
    await this.setGuard(db, 'unchanged.kind := OLD.kind;');
  }

  private async setGuard(db: QueryRunner, keepGenerated: string): Promise<void> {
    await db.query(`
      CREATE OR REPLACE FUNCTION ledger_posting_guard() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        unchanged ledger_postings := NEW;
      BEGIN
        unchanged.status := OLD.status;
        unchanged.voided_by_posting_id := OLD.voided_by_posting_id;
        unchanged.voided_at := OLD.voided_at;
        unchanged.void_reason := OLD.void_reason;
        ${keepGenerated}
        IF unchanged IS DISTINCT FROM OLD OR OLD.status <> 'POSTED' OR NEW.status <> 'VOIDED' THEN
          RAISE EXCEPTION 'posting % is immutable: only the step from POSTED to VOIDED is allowed', OLD.posting_id
            USING ERRCODE = '55000';
        END IF;
        RETURN NEW;
      END $$`);
  }

  /** Rows that were written before keep the hash that they have. */
  private async setRowHash(db: QueryRunner, hash: string): Promise<void> {
    await db.query(`
      CREATE OR REPLACE FUNCTION row_hash_of(line ledger_postings) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
      RETURN ${hash}`);
  }

  /** Computes what is outstanding by its rule, and has the database hold it. */
  private async constrainBalances(db: QueryRunner, outstanding: string): Promise<void> {
    await db.query('ALTER TABLE ledger_balances DROP CONSTRAINT ck_ledger_balances_amounts');
    await db.query(`
      UPDATE ledger_balances SET outstanding_balance = ${outstanding} WHERE outstanding_balance <> ${outstanding}`);
    await db.query(`
      ALTER TABLE ledger_balances ADD CONSTRAINT ck_ledger_balances_amounts
        CHECK (original_amount > 0 AND payment_applied >= 0 AND outstanding_balance >= 0
           AND outstanding_balance = ${outstanding})`);
  }
}
