import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The report of receipts reads the money of some days out of a ledger that only grows: by the day of receipt, and by the
 * time of posting where that day was not recorded. The second index is a few pages whatever the size of the ledger, as
 * postings are written in the order of their times; the list of postings finds its days by it too.
 */
export class IndexReceipts1764300700000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE INDEX idx_ledger_postings_received_on ON ledger_postings (received_on) WHERE received_on IS NOT NULL`);
    await db.query('CREATE INDEX idx_ledger_postings_posted_at ON ledger_postings USING brin (posted_at)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX idx_ledger_postings_posted_at, idx_ledger_postings_received_on');
  }
}
