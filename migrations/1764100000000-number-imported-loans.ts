import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The fleet's own number of an imported loan: the database itself refuses to bring the same loan in twice. */
export class NumberImportedLoans1764100000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE driver_loans ADD COLUMN import_reference text COLLATE "C"
        CONSTRAINT ck_driver_loans_import_reference CHECK (length(import_reference) BETWEEN 1 AND 50)`);
    await db.query(`
      CREATE UNIQUE INDEX uq_driver_loans_import_reference ON driver_loans (import_reference)
        WHERE import_reference IS NOT NULL`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE driver_loans DROP COLUMN import_reference');
  }
}
