import type { MigrationInterface, QueryRunner } from 'typeorm';
import { NUMBERED_NOW, ROWS, STATES, WITH_TRANSACTION } from './support/tables-to-seal.js';

/** What an installment keeps once it is posted */
const FROZEN_TERMS = [
  ...[
    'installment_id',
    'loan_id',
    'installment_number',
    'due_date',
    'week_start',
    'week_end',
    'principal_amount',
  ],
  ...['interest_amount', 'total_due', 'interest_principal', 'interest_rate'],
  ...['interest_from', 'interest_to', 'interest_carried'],
];

/**
 * Whether one of the columns is another than before. A comparison of whole rows, `(a, b) IS DISTINCT FROM (c, d)`, is kept by
 * PostgreSQL with other parentheses than the ones that it prints, so a dump would restore another definition.
 */
const changed = (columns: readonly string[]): string =>
  columns.map((column) => `OLD.${column} IS DISTINCT FROM NEW.${column}`).join(' OR ');

const FIRST_SEALED = ['ledger_postings', 'payment_allocations'];
const ALL_SEALED = [...FIRST_SEALED, ...ROWS.map(({ table }) => table)];

/** Rows that were there before they were sealed are sealed in batches of so many ids. */
const OLD_ROWS_A_SEAL = 10_000;

/**
 * Seals the audit log, status changes, disputes, waivers, schedules, payoffs, recoveries, refunds, users, drivers, leases, cabs,
 * and the terms of loans and installments, in the chain of the ledger's seals.
 */
export class SealMoreTables1764441000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.constrainSeals(db, ALL_SEALED, '>= 0');
    for (const table of WITH_TRANSACTION) {
      await db.query(`ALTER TABLE ${table} ADD COLUMN transaction_id bigint`);
    }
    await this.createStates(db);
    await this.createFunctions(db);
    for (const table of NUMBERED_NOW) await this.numberRows(db, table);
    for (const { table, hashed } of ROWS) await this.sealRows(db, table, hashed);
    for (const table of [...WITH_TRANSACTION, 'sealed_states']) {
      await db.query(`
        ALTER TABLE ${table} ALTER COLUMN transaction_id SET DEFAULT pg_current_xact_id()::text::bigint`);
    }
    for (const followed of STATES) await this.followStates(db, followed);
    await this.nameFrozenTerms(db);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const { table } of STATES) {
      await db.query(`DROP TRIGGER trg_${table}_state_inserted ON ${table}`);
      await db.query(`DROP TRIGGER trg_${table}_state_updated ON ${table}`);
      await db.query(`DROP FUNCTION ${table}_state_inserted, ${table}_state_updated`);
    }
    for (const { table } of ROWS) {
      await db.query(`DROP TRIGGER trg_${table}_hash ON ${table}`);
      await db.query(`DROP TRIGGER trg_${table}_seal ON ${table}`);
      await db.query(`DROP FUNCTION row_hash_of(${table})`);
      await db.query(`ALTER TABLE ${table} DROP COLUMN row_hash`);
    }
    for (const table of NUMBERED_NOW) await db.query(`ALTER TABLE ${table} DROP COLUMN id`);
    await db.query('DROP FUNCTION hash_row, seal_rows');
    await db.query('DROP TABLE sealed_states');
    for (const table of WITH_TRANSACTION) await db.query(`ALTER TABLE ${table} DROP COLUMN transaction_id`);
    await this.removeSeals(db);
    await this.constrainSeals(db, FIRST_SEALED, '> 0');
  }

  private async constrainSeals(
    db: QueryRunner,
    tables: readonly string[],
    totals: '>= 0' | '> 0',
  ): Promise<void> {
    await db.query(`
      ALTER TABLE ledger_seals
        DROP CONSTRAINT ck_ledger_seals_table,
        ADD CONSTRAINT ck_ledger_seals_table CHECK (sealed_table IN (${tables.map((table) => `'${table}'`).join(', ')})),
        DROP CONSTRAINT ck_ledger_seals_rows,
        ADD CONSTRAINT ck_ledger_seals_rows CHECK (row_count > 0 AND NOT isempty(row_ids) AND total_amount ${totals})`);
  }

  /** The newest row of a record is its state now. A row without a transaction was recorded by this migration. */
  private async createStates(db: QueryRunner): Promise<void> {
    await db.query('CREATE SEQUENCE sealed_states_id_seq AS bigint');
    await db.query(`
      CREATE TABLE sealed_states (
        id             bigint DEFAULT next_number('sealed_states_id_seq') CONSTRAINT pk_sealed_states PRIMARY KEY,
        of_table       text COLLATE "C" NOT NULL,
        record         text COLLATE "C" NOT NULL,
        state          jsonb NOT NULL,
        transaction_id bigint,
        CONSTRAINT ck_sealed_states_table CHECK (of_table IN (${STATES.map(({ table }) => `'${table}'`).join(', ')}))
      )`);
    await db.query('ALTER SEQUENCE sealed_states_id_seq OWNED BY sealed_states.id');
    await db.query('CREATE INDEX idx_sealed_states_record ON sealed_states (of_table, record, id)');
    await db.query(`
      CREATE TRIGGER trg_sealed_states_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON sealed_states
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    for (const { table, record, state } of STATES) {
      await db.query(`
        INSERT INTO sealed_states (of_table, record, state)
        SELECT '${table}', line.${record}::text, jsonb_build_object(${state}) FROM ${table} AS line ORDER BY line.id`);
    }
  }

  /** One function each for all tables: PL/pgSQL plans a trigger function for each table that it runs on. */
  private async createFunctions(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION hash_row() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.row_hash := row_hash_of(NEW);
        RETURN NEW;
      END $$`);
    await db.query(`
      CREATE FUNCTION seal_rows() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO ledger_seals (sealed_table, row_ids, row_count, total_amount, rows_hash)
        SELECT TG_TABLE_NAME, range_agg(int8range(id, id, '[]')), count(*), 0, sha256(string_agg(row_hash, '' ORDER BY id))
        FROM written HAVING count(*) > 0;
        RETURN NULL;
      END $$`);
  }

  private async numberRows(db: QueryRunner, table: string): Promise<void> {
    const sequence = `${table}_id_seq`;
    await db.query(`CREATE SEQUENCE ${sequence} AS bigint`);
    await db.query(`
      ALTER TABLE ${table}
        ADD COLUMN id bigint NOT NULL DEFAULT next_number('${sequence}'),
        ADD CONSTRAINT uq_${table}_id UNIQUE (id)`);
    await db.query(`ALTER SEQUENCE ${sequence} OWNED BY ${table}.id`);
  }

  private async sealRows(db: QueryRunner, table: string, hashed: string): Promise<void> {
    await db.query(`ALTER TABLE ${table} ADD COLUMN row_hash bytea`);
    await db.query(`
      CREATE FUNCTION row_hash_of(line ${table}) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
      RETURN sha256(record_send(ROW('${table} 1'::text, ${hashed})))`);
    await db.query(`ALTER TABLE ${table} DISABLE TRIGGER trg_${table}_kept`);
    await db.query(`UPDATE ${table} AS line SET row_hash = row_hash_of(line)`);
    await db.query(`ALTER TABLE ${table} ENABLE TRIGGER trg_${table}_kept`);
    await db.query(`ALTER TABLE ${table} ALTER COLUMN row_hash SET NOT NULL`);
    await db.query(`
      INSERT INTO ledger_seals (sealed_table, row_ids, row_count, total_amount, rows_hash)
      SELECT '${table}', range_agg(int8range(id, id, '[]')), count(*), 0, sha256(string_agg(row_hash, '' ORDER BY id))
      FROM ${table} GROUP BY id / ${OLD_ROWS_A_SEAL} ORDER BY id / ${OLD_ROWS_A_SEAL}`);
    await db.query(`
      CREATE TRIGGER trg_${table}_hash BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION hash_row()`);
    await db.query(`
      CREATE TRIGGER trg_${table}_seal AFTER INSERT ON ${table}
        REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION seal_rows()`);
  }

  /** The weekly posting sets none of these columns, so that it pays nothing for this. */
  private async followStates(
    db: QueryRunner,
    { table, record, columns, state }: (typeof STATES)[number],
  ): Promise<void> {
    const insert = `
        INSERT INTO sealed_states (of_table, record, state)
        SELECT '${table}', line.${record}::text, jsonb_build_object(${state})`;
    await db.query(`
      CREATE FUNCTION ${table}_state_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN ${insert} FROM written AS line;
        RETURN NULL;
      END $$`);
    await db.query(`
      CREATE FUNCTION ${table}_state_updated() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        line ${table} := NEW;
      BEGIN ${insert};
        RETURN NULL;
      END $$`);
    await db.query(`
      CREATE TRIGGER trg_${table}_state_inserted AFTER INSERT ON ${table}
        REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ${table}_state_inserted()`);
    await db.query(`
      CREATE TRIGGER trg_${table}_state_updated AFTER UPDATE OF ${columns.join(', ')} ON ${table}
        FOR EACH ROW WHEN (${changed(columns)}) EXECUTE FUNCTION ${table}_state_updated()`);
  }

  /** The same condition as before, in a form that is the same in a database that is restored from a dump. */
  private async nameFrozenTerms(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER trg_loan_schedules_posted_terms ON loan_schedules');
    await db.query(`
      CREATE TRIGGER trg_loan_schedules_posted_terms BEFORE UPDATE ON loan_schedules
        FOR EACH ROW WHEN (OLD.posted_to_ledger AND (${changed(FROZEN_TERMS)}))
        EXECUTE FUNCTION posted_installment_guard()`);
  }

  /** Links that name seals of these tables go, and all after them: the seals that stay are linked again. */
  private async removeSeals(db: QueryRunner): Promise<void> {
    const guards = [
      ['ledger_seals', 'trg_ledger_seals_immutable'],
      ['ledger_seals', 'trg_ledger_seals_kept'],
      ['ledger_chain', 'trg_ledger_chain_kept'],
    ];
    for (const [table, trigger] of guards) await db.query(`ALTER TABLE ${table} DISABLE TRIGGER ${trigger}`);
    await db.query(
      `DELETE FROM ledger_chain WHERE link_number >= (
         SELECT min(link_number) FROM ledger_chain JOIN ledger_seals ON seal_ids @> ledger_seals.id
         WHERE sealed_table <> ALL ($1))`,
      [FIRST_SEALED],
    );
    await db.query('DELETE FROM ledger_seals WHERE sealed_table <> ALL ($1)', [FIRST_SEALED]);
    await db.query(`
      UPDATE ledger_seals SET is_linked = false
      WHERE is_linked AND NOT EXISTS (SELECT 1 FROM ledger_chain WHERE seal_ids @> ledger_seals.id)`);
    for (const [table, trigger] of guards) await db.query(`ALTER TABLE ${table} ENABLE TRIGGER ${trigger}`);
  }
}
