import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Foreign keys to records that can neither be deleted nor get another key, checked for a whole statement instead of row by
 * row (docs/adr/0005-schema.md). `found` is the referenced row of a row `w` of the statement. Rows without a reference pass.
 */
const REFERENCES = [
  {
    table: 'ledger_balances',
    key: 'fk_ledger_balances_posting',
    events: ['INSERT'],
    row: 'balance_id',
    reference: 'posting_id',
    found: `SELECT true FROM ledger_postings p
            WHERE p.id = w.posting_id AND p.driver_id = w.driver_id AND p.lease_id = w.lease_id`,
    was: 'FOREIGN KEY (posting_id, driver_id, lease_id) REFERENCES ledger_postings (id, driver_id, lease_id)',
  },
  {
    table: 'loan_schedules',
    key: 'fk_loan_schedules_balance',
    events: ['INSERT', 'UPDATE'],
    row: 'installment_id',
    reference: 'ledger_balance_id',
    found: 'SELECT true FROM ledger_balances b WHERE b.balance_id = w.ledger_balance_id',
    was: 'FOREIGN KEY (ledger_balance_id) REFERENCES ledger_balances (balance_id)',
  },
] as const;

/** Posting touches fewer indexes, its updates stay on their pages, and two of its foreign keys are checked in sets. */
export class LeanPosting1764480000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.keepUpdatesOnTheirPages(db);
    for (const reference of REFERENCES) await this.checkInSets(db, reference);
    // a credit is written by a trigger with its posting and never by itself, so it needs no driver and lease in its key
    await db.query('ALTER TABLE ledger_credits DROP CONSTRAINT fk_ledger_credits_posting');
    await db.query(`
      ALTER TABLE ledger_credits ADD CONSTRAINT fk_ledger_credits_posting
        FOREIGN KEY (posting_id) REFERENCES ledger_postings (id)`);
    await db.query('ALTER TABLE ledger_postings DROP CONSTRAINT uq_ledger_postings_owner');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      'ALTER TABLE ledger_postings ADD CONSTRAINT uq_ledger_postings_owner UNIQUE (id, driver_id, lease_id)',
    );
    await db.query('ALTER TABLE ledger_credits DROP CONSTRAINT fk_ledger_credits_posting');
    await db.query(`
      ALTER TABLE ledger_credits ADD CONSTRAINT fk_ledger_credits_posting
        FOREIGN KEY (posting_id, driver_id, lease_id) REFERENCES ledger_postings (id, driver_id, lease_id)`);
    for (const { table, key, events, was } of REFERENCES) {
      for (const event of events) await db.query(`DROP TRIGGER ${triggerOf(key, event)} ON ${table}`);
      await db.query(`DROP FUNCTION ${functionOf(key)}`);
      await db.query(`ALTER TABLE ${table} ADD CONSTRAINT ${key} ${was}`);
    }
    await db.query('DROP INDEX idx_due_date, idx_due_date_status, idx_posted_status');
    await db.query('CREATE INDEX idx_due_date_status ON loan_schedules (due_date, status)');
    await db.query('CREATE INDEX idx_posted_status ON loan_schedules (posted_to_ledger, status)');
  }

  /** An update of a column that only BRIN indexes contain stays on its page (HOT) and touches no other index. */
  private async keepUpdatesOnTheirPages(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX idx_due_date_status, idx_posted_status');
    await db.query('CREATE INDEX idx_due_date ON loan_schedules (due_date)');
    await db.query('CREATE INDEX idx_due_date_status ON loan_schedules USING brin (due_date, status)');
    // BRIN has no operators for boolean
    await db.query(
      'CREATE INDEX idx_posted_status ON loan_schedules USING brin ((posted_to_ledger::integer), status)',
    );
  }

  /**
   * One lookup for each row, whatever a session has planned before: the subquery cannot become a join, and without
   * sequential scans it uses the unique index, also where the plan was made on an empty table.
   */
  private async checkInSets(
    db: QueryRunner,
    { table, key, events, row, reference, found }: (typeof REFERENCES)[number],
  ): Promise<void> {
    await db.query(`
      CREATE FUNCTION ${functionOf(key)}() RETURNS trigger LANGUAGE plpgsql
      SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
      DECLARE
        wrong record;
      BEGIN
        SELECT w.${row} AS id, w.${reference} AS reference INTO wrong
        FROM written w
        WHERE w.${reference} IS NOT NULL AND (${found}) IS NOT TRUE
        LIMIT 1;
        IF FOUND THEN
          RAISE EXCEPTION '% of ${table} refers by its ${reference} to %, which is not there or not its own', wrong.id, wrong.reference
            USING ERRCODE = '23503', TABLE = '${table}', CONSTRAINT = '${key}';
        END IF;
        RETURN NULL;
      END $$`);
    for (const event of events) {
      await db.query(`
        CREATE TRIGGER ${triggerOf(key, event)} AFTER ${event} ON ${table}
          REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ${functionOf(key)}()`);
    }
    await db.query(`ALTER TABLE ${table} DROP CONSTRAINT ${key}`);
  }
}

const functionOf = (key: string): string => key.replace('fk_', 'check_');
const triggerOf = (key: string, event: string): string =>
  `${key.replace('fk_', 'trg_')}_${event.toLowerCase()}`;
