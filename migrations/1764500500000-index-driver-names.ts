import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A list sorted by the name of the driver reads its first page in this order, with the collation of the lists. */
export class IndexDriverNames1764500500000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE INDEX idx_drivers_name ON drivers (last_name COLLATE "und-x-icu", first_name COLLATE "und-x-icu", id)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX idx_drivers_name');
  }
}
