import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables that a dry run writes to before it rolls back, with the identity that their `id` had. */
const NUMBERED = [
  { table: 'ledger_postings', identity: 'BY DEFAULT' },
  { table: 'payment_allocations', identity: 'BY DEFAULT' },
  { table: 'balance_disputes', identity: 'BY DEFAULT' },
  { table: 'ledger_seals', identity: 'ALWAYS' },
  { table: 'loan_schedules', identity: 'BY DEFAULT' },
  { table: 'loan_status_changes', identity: 'BY DEFAULT' },
  { table: 'loan_interest_waivers', identity: 'BY DEFAULT' },
  { table: 'audit_log', identity: 'ALWAYS' },
] as const;

/** Dry runs use up no number: what they write is numbered by a sequence of their own (docs/adr/0020-dry-runs.md). */
export class PlausibleAmountsAndDryRuns1764300300000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.createNextNumber(db);
    for (const { table } of NUMBERED) await this.numberByFunction(db, table);
    // as wide as the sums of the queries: no number of rows that a table holds overflows it
    await db.query('ALTER TABLE posting_runs ALTER COLUMN total_amount_posted TYPE numeric(20,2)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE posting_runs ALTER COLUMN total_amount_posted TYPE numeric(14,2)');
    for (const { table, identity } of NUMBERED) await this.numberByIdentity(db, table, identity);
    await db.query('DROP FUNCTION next_number');
    await db.query('DROP SEQUENCE dry_run_number');
  }

  /**
   * Above every real number, so that what a dry run writes is the newest of all, and below 2^53, so that JSON carries it.
   * The function names its parameter once and is one expression: the planner puts it in the call's place.
   */
  private async createNextNumber(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE SEQUENCE dry_run_number MINVALUE 1000000000000000 MAXVALUE 9007199254740991 CYCLE`);
    await db.query(`
      CREATE FUNCTION next_number(sequence regclass) RETURNS bigint LANGUAGE sql VOLATILE
      RETURN nextval(CASE current_setting('driver_loans.dry_run', true) WHEN 'on' THEN 'dry_run_number'::regclass
                                                                       ELSE sequence END)`);
  }

  /** The identity's sequence goes with it; one of the same name takes over where it ended. */
  private async numberByFunction(db: QueryRunner, table: string): Promise<void> {
    const sequence = `${table}_id_seq`;
    const last = await this.lastOf(db, sequence);
    await db.query(`ALTER TABLE ${table} ALTER COLUMN id DROP IDENTITY`);
    await db.query(`CREATE SEQUENCE ${sequence} AS bigint OWNED BY ${table}.id`);
    await db.query(`ALTER TABLE ${table} ALTER COLUMN id SET DEFAULT next_number('${sequence}')`);
    await this.continueFrom(db, sequence, last);
  }

  private async numberByIdentity(db: QueryRunner, table: string, identity: string): Promise<void> {
    const sequence = `${table}_id_seq`;
    const last = await this.lastOf(db, sequence);
    await db.query(`ALTER TABLE ${table} ALTER COLUMN id DROP DEFAULT`);
    await db.query(`DROP SEQUENCE ${sequence}`);
    await db.query(`ALTER TABLE ${table} ALTER COLUMN id ADD GENERATED ${identity} AS IDENTITY`);
    await this.continueFrom(db, sequence, last);
  }

  private async lastOf(db: QueryRunner, sequence: string): Promise<SequenceState> {
    const rows = (await db.query(`SELECT last_value, is_called FROM ${sequence}`)) as [SequenceState];
    return rows[0];
  }

  private async continueFrom(db: QueryRunner, sequence: string, last: SequenceState): Promise<void> {
    await db.query('SELECT setval($1::regclass, $2, $3)', [sequence, last.last_value, last.is_called]);
  }
}

interface SequenceState {
  readonly last_value: string;
  readonly is_called: boolean;
}
