import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The functions in PL/pgSQL that read or write a table */
const FUNCTIONS = `
  SELECT p.oid::regprocedure::text AS name
  FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
  WHERE p.pronamespace = 'public'::regnamespace AND l.lanname = 'plpgsql'
    AND EXISTS (SELECT 1 FROM pg_class c
                WHERE c.relnamespace = p.pronamespace AND c.relkind = 'r' AND p.prosrc ~ ('\\m' || c.relname || '\\M'))
  ORDER BY name`;

/**
 * Functions that name a table mean the table of the schema. A temporary table of the same name, which the role of the service
 * may create, came first: seals and guards went there.
 */
export class FixSearchPath1764442000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.alter(db, 'SET search_path = pg_catalog, public, pg_temp');
  }

  async down(db: QueryRunner): Promise<void> {
    await this.alter(db, 'RESET search_path');
  }

  private async alter(db: QueryRunner, change: string): Promise<void> {
    const functions = (await db.query(FUNCTIONS)) as { name: string }[];
    for (const { name } of functions) await db.query(`ALTER FUNCTION ${name} ${change}`);
  }
}
