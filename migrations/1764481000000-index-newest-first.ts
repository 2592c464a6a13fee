import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * For the first pages of postings by time and of balances by due date, which sorted all rows. Both indexes grow at their
 * end, so an entry costs a posting run less than in an index of other columns.
 */
export class IndexNewestFirst1764481000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX idx_ledger_postings_posted_at');
    await db.query('CREATE INDEX idx_ledger_postings_posted_at ON ledger_postings (posted_at, id)');
    await db.query('CREATE INDEX idx_ledger_balances_due_date ON ledger_balances (due_date, posting_id)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX idx_ledger_balances_due_date, idx_ledger_postings_posted_at');
    await db.query('CREATE INDEX idx_ledger_postings_posted_at ON ledger_postings USING brin (posted_at)');
  }
}
