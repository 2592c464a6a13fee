import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The check of allocations as it was: the planner took LIMIT 1 for an early end and compared each pair of rows. */
const ALLOCATION_BEFORE = `
        SELECT p.posting_id INTO wrong
        FROM made m
        JOIN ledger_postings p ON p.posting_id = m.payment_posting_id
        JOIN ledger_balances b ON b.balance_id = m.balance_id
        LEFT JOIN ledger_credits c ON c.posting_id = p.id
        GROUP BY p.id, c.posting_id
        HAVING c.posting_id IS NULL OR sum(m.amount_allocated) > c.left_over OR NOT bool_and(b.driver_id = p.driver_id)
        LIMIT 1;
        IF FOUND THEN`;

const ALLOCATION = `
        SELECT min(refused.posting_id) INTO wrong
        FROM (SELECT p.posting_id
              FROM (SELECT payment_posting_id, sum(amount_allocated) AS amount FROM made GROUP BY 1) AS given
              JOIN ledger_postings p ON p.posting_id = given.payment_posting_id
              LEFT JOIN ledger_credits c ON c.posting_id = p.id
              WHERE c.posting_id IS NULL OR given.amount > c.left_over
              UNION ALL
              SELECT p.posting_id
              FROM made m
              JOIN ledger_postings p ON p.posting_id = m.payment_posting_id
              JOIN ledger_balances b ON b.balance_id = m.balance_id
              WHERE b.driver_id <> p.driver_id) AS refused;
        IF wrong IS NOT NULL THEN`;

/**
 * A trigger function keeps its plan for the session. Without these, a plan for thousands of rows, which reads whole
 * tables, would also serve the single payments after it. A look-up for each row is linear in any number of them.
 */
const BY_LOOK_UP = ['enable_hashjoin', 'enable_mergejoin', 'enable_seqscan'];

/** The time of the guard grows with the allocations of the statement, and no longer with their square. */
export class GuardAllocationsInSets1764490100000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.replaceGuard(db, ALLOCATION);
    for (const setting of BY_LOOK_UP) {
      await db.query(`ALTER FUNCTION payment_allocation_guard SET ${setting} = off`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await this.replaceGuard(db, ALLOCATION_BEFORE);
  }

  private async replaceGuard(db: QueryRunner, check: string): Promise<void> {
    await db.query(`
      CREATE OR REPLACE FUNCTION payment_allocation_guard() RETURNS trigger LANGUAGE plpgsql
        SET search_path = pg_catalog, public, pg_temp AS $$
      DECLARE
        wrong text;
      BEGIN${check}
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
}
