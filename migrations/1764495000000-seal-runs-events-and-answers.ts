import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LINE, ROWS, STATES } from './support/runs-to-seal.js';
import { ROWS as ROWS_BEFORE, STATES as STATES_BEFORE } from './support/tables-to-seal.js';

const SEALED_BEFORE = ['ledger_postings', 'payment_allocations', ...ROWS_BEFORE.map(({ table }) => table)];
const SEALED_NOW = [...ROWS.map(({ table }) => table), LINE.table];
const FOLLOWED_BEFORE = STATES_BEFORE.map(({ table }) => table);
const FOLLOWED_NOW = STATES.map(({ table }) => table);

/** Rows that were there before they were sealed are sealed in batches of so many ids. */
const OLD_ROWS_A_SEAL = 10_000;

const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');

/** json has no equality, so that it is compared as text. */
const changed = (columns: readonly string[]): string =>
  columns
    .map((column) => (column === 'answer' ? 'answer::text' : column))
    .map((column) => `OLD.${column} IS DISTINCT FROM NEW.${column}`)
    .join(' OR ');

/** Seals the rows of a FROM clause, by their id and row_hash. */
const seal = (table: string, rows: string): string => `
  INSERT INTO ledger_seals (sealed_table, row_ids, row_count, total_amount, rows_hash)
  SELECT '${table}', range_agg(int8range(line.id, line.id, '[]')), count(*), 0,
         sha256(string_agg(line.row_hash, '' ORDER BY line.id))
  FROM ${rows}`;

const PATH = 'SET search_path = pg_catalog, public, pg_temp';

/**
 * Seals posting runs with their errors, settlement runs with their lines, events, and the answers of repeated requests in
 * the chain of the ledger's seals. A posting run adds a row for each batch, and none for an installment.
 */
export class SealRunsEventsAndAnswers1764495000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.allowTables(db, [...SEALED_BEFORE, ...SEALED_NOW], [...FOLLOWED_BEFORE, ...FOLLOWED_NOW]);
    // runs of earlier releases keep NULL: which postings they made is not recorded
    await db.query('ALTER TABLE posting_runs ADD COLUMN posting_ids int8multirange');
    await db.query(`ALTER TABLE posting_runs ALTER COLUMN posting_ids SET DEFAULT '{}'`);
    await this.numberRows(
      db,
      'posting_run_errors',
      ', ADD CONSTRAINT pk_posting_run_errors PRIMARY KEY (id)',
    );
    await this.numberRows(db, LINE.table, ', ADD CONSTRAINT uq_settlement_lines_id UNIQUE (id)');
    await this.numberRows(db, 'idempotency_keys', '');
    for (const { table, hashed } of ROWS) await this.sealRows(db, table, hashed);
    await this.sealLines(db);
    for (const followed of STATES) await this.followStates(db, followed);
    await this.guardFinalRows(db);
  }

  async down(db: QueryRunner): Promise<void> {
    const final = ['posting_runs', 'settlement_runs', LINE.table, 'idempotency_keys'];
    for (const table of final) await db.query(`DROP TRIGGER trg_${table}_final ON ${table}`);
    for (const table of ['posting_runs', 'settlement_runs', ...SEALED_NOW]) {
      await db.query(`DROP TRIGGER trg_${table}_kept ON ${table}`);
    }
    await this.removeSeals(db);
    for (const table of FOLLOWED_NOW) {
      await db.query(`DROP TRIGGER trg_${table}_state_inserted ON ${table}`);
      await db.query(`DROP TRIGGER trg_${table}_state_updated ON ${table}`);
      await db.query(`DROP FUNCTION ${table}_state_inserted, ${table}_state_updated`);
    }
    for (const table of ['outbox', 'posting_run_errors']) {
      await db.query(`DROP TRIGGER trg_${table}_hash ON ${table}`);
      await db.query(`DROP TRIGGER trg_${table}_seal ON ${table}`);
    }
    for (const event of ['inserted', 'updated']) {
      await db.query(`DROP TRIGGER trg_settlement_lines_hash_${event} ON settlement_lines`);
      await db.query(`DROP TRIGGER trg_settlement_lines_seal_${event} ON settlement_lines`);
      await db.query(`DROP FUNCTION settlement_lines_seal_${event}`);
    }
    for (const table of SEALED_NOW) {
      await db.query(`DROP FUNCTION row_hash_of(${table})`);
      await db.query(`ALTER TABLE ${table} DROP COLUMN row_hash`);
    }
    for (const table of ['posting_run_errors', LINE.table, 'idempotency_keys']) {
      await db.query(`ALTER TABLE ${table} DROP COLUMN id`);
    }
    await db.query('ALTER TABLE posting_runs DROP COLUMN posting_ids');
    await this.allowTables(db, SEALED_BEFORE, FOLLOWED_BEFORE);
  }

  private async allowTables(
    db: QueryRunner,
    sealed: readonly string[],
    followed: readonly string[],
  ): Promise<void> {
    await db.query(`
      ALTER TABLE ledger_seals
        DROP CONSTRAINT ck_ledger_seals_table,
        ADD CONSTRAINT ck_ledger_seals_table CHECK (sealed_table IN (${quoted(sealed)}))`);
    await db.query(`
      ALTER TABLE sealed_states
        DROP CONSTRAINT ck_sealed_states_table,
        ADD CONSTRAINT ck_sealed_states_table CHECK (of_table IN (${quoted(followed)}))`);
  }

  /** A seal refers to rows by id. */
  private async numberRows(db: QueryRunner, table: string, constraint: string): Promise<void> {
    const sequence = `${table}_id_seq`;
    await db.query(`CREATE SEQUENCE ${sequence} AS bigint`);
    await db.query(`
      ALTER TABLE ${table} ADD COLUMN id bigint NOT NULL DEFAULT next_number('${sequence}')${constraint}`);
    await db.query(`ALTER SEQUENCE ${sequence} OWNED BY ${table}.id`);
  }

  private async hashRows(db: QueryRunner, table: string, hashed: string, condition: string): Promise<void> {
    await db.query(`ALTER TABLE ${table} ADD COLUMN row_hash bytea`);
    await db.query(`
      CREATE FUNCTION row_hash_of(line ${table}) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
      RETURN sha256(record_send(ROW('${table} 1'::text, ${hashed})))`);
    await db.query(`UPDATE ${table} AS line SET row_hash = row_hash_of(line) WHERE ${condition}`);
    await db.query(
      `${seal(table, `${table} AS line`)} WHERE line.row_hash IS NOT NULL
       GROUP BY line.id / ${OLD_ROWS_A_SEAL} ORDER BY line.id / ${OLD_ROWS_A_SEAL}`,
    );
  }

  private async sealRows(db: QueryRunner, table: string, hashed: string): Promise<void> {
    await this.hashRows(db, table, hashed, 'true');
    await db.query(`ALTER TABLE ${table} ALTER COLUMN row_hash SET NOT NULL`);
    await db.query(`
      CREATE TRIGGER trg_${table}_hash BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION hash_row()`);
    await db.query(`
      CREATE TRIGGER trg_${table}_seal AFTER INSERT ON ${table}
        REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION seal_rows()`);
    await db.query(`
      CREATE TRIGGER trg_${table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
  }

  /** A line is hashed and sealed when it stops being PENDING, by the statement that settles or rejects it. */
  private async sealLines(db: QueryRunner): Promise<void> {
    await this.hashRows(db, LINE.table, LINE.hashed, `status <> 'PENDING'`);
    await db.query(`
      CREATE TRIGGER trg_settlement_lines_hash_inserted BEFORE INSERT ON settlement_lines
        FOR EACH ROW WHEN (NEW.status <> 'PENDING') EXECUTE FUNCTION hash_row()`);
    await db.query(`
      CREATE TRIGGER trg_settlement_lines_hash_updated BEFORE UPDATE ON settlement_lines
        FOR EACH ROW WHEN (OLD.status = 'PENDING' AND NEW.status <> 'PENDING') EXECUTE FUNCTION hash_row()`);
    await db.query(`
      CREATE FUNCTION settlement_lines_seal_inserted() RETURNS trigger LANGUAGE plpgsql ${PATH} AS $$
      BEGIN
        ${seal(LINE.table, 'written AS line')} WHERE line.row_hash IS NOT NULL HAVING count(*) > 0;
        RETURN NULL;
      END $$`);
    // one look-up for each line, whatever a session has planned before
    await db.query(`
      CREATE FUNCTION settlement_lines_seal_updated() RETURNS trigger LANGUAGE plpgsql ${PATH}
        SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
      BEGIN
        ${seal(LINE.table, 'before JOIN settlement_lines line ON line.id = before.id')}
        WHERE before.row_hash IS NULL AND line.row_hash IS NOT NULL HAVING count(*) > 0;
        RETURN NULL;
      END $$`);
    await db.query(`
      CREATE TRIGGER trg_settlement_lines_seal_inserted AFTER INSERT ON settlement_lines
        REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION settlement_lines_seal_inserted()`);
    await db.query(`
      CREATE TRIGGER trg_settlement_lines_seal_updated AFTER UPDATE ON settlement_lines
        REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION settlement_lines_seal_updated()`);
  }

  private async followStates(
    db: QueryRunner,
    { table, columns, state }: (typeof STATES)[number],
  ): Promise<void> {
    const insert = `
        INSERT INTO sealed_states (of_table, record, state)
        SELECT '${table}', line.id::text, jsonb_build_object(${state})`;
    await db.query(`
      INSERT INTO sealed_states (of_table, record, state, transaction_id)
      SELECT '${table}', line.id::text, jsonb_build_object(${state}), NULL FROM ${table} AS line ORDER BY line.id`);
    await db.query(`
      CREATE FUNCTION ${table}_state_inserted() RETURNS trigger LANGUAGE plpgsql ${PATH} AS $$
      BEGIN ${insert} FROM written AS line;
        RETURN NULL;
      END $$`);
    await db.query(`
      CREATE FUNCTION ${table}_state_updated() RETURNS trigger LANGUAGE plpgsql ${PATH} AS $$
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

  /** What is final is refused to everybody, the role of the service included. */
  private async guardFinalRows(db: QueryRunner): Promise<void> {
    const refuse = async (table: string, events: string, condition: string): Promise<void> => {
      await db.query(`
        CREATE TRIGGER trg_${table}_final BEFORE ${events} ON ${table}
          FOR EACH ROW WHEN (${condition}) EXECUTE FUNCTION refuse_change()`);
    };
    await refuse('posting_runs', 'UPDATE', `OLD.status = 'COMPLETED'`);
    // a completed run, and a settled line, can only be voided
    const ofRun = STATES.find(({ table }) => table === 'settlement_runs')?.columns ?? [];
    const ofVoid = ['status', 'content_hash', 'voided_by', 'voided_at', 'void_reason'];
    const kept = [
      changed(ofRun.filter((column) => !ofVoid.includes(column))),
      'NEW.content_hash IS NOT NULL AND OLD.content_hash IS DISTINCT FROM NEW.content_hash',
    ].join(' OR ');
    await refuse(
      'settlement_runs',
      'UPDATE',
      `OLD.status = 'VOIDED' OR OLD.completed_at IS NOT NULL AND (NEW.status NOT IN ('COMPLETED', 'VOIDED') OR ${kept})`,
    );
    await refuse(
      LINE.table,
      'UPDATE',
      `OLD.row_hash IS NOT NULL AND (NEW.status NOT IN (OLD.status, 'VOIDED') OR ${changed([...LINE.columns, 'row_hash'])})`,
    );
    // for as long as an answer is kept (src/platform/idempotency/idempotent-request.ts)
    await refuse('idempotency_keys', 'UPDATE OR DELETE', `OLD.created_at > now() - interval '24 hours'`);
    for (const table of ['posting_runs', 'settlement_runs', LINE.table]) {
      await db.query(`
        CREATE TRIGGER trg_${table}_kept BEFORE DELETE OR TRUNCATE ON ${table}
          FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    }
  }

  /** Links that name seals of these tables go, and all after them: the seals that stay are linked again. */
  private async removeSeals(db: QueryRunner): Promise<void> {
    const guards = [
      ['sealed_states', 'trg_sealed_states_kept'],
      ['ledger_seals', 'trg_ledger_seals_immutable'],
      ['ledger_seals', 'trg_ledger_seals_kept'],
      ['ledger_chain', 'trg_ledger_chain_kept'],
    ];
    for (const [table, trigger] of guards) await db.query(`ALTER TABLE ${table} DISABLE TRIGGER ${trigger}`);
    const removed = `
      sealed_table IN (${quoted(SEALED_NOW)})
      OR sealed_table = 'sealed_states'
         AND EXISTS (SELECT 1 FROM sealed_states WHERE row_ids @> id AND of_table IN (${quoted(FOLLOWED_NOW)}))`;
    await db.query(`
      DELETE FROM ledger_chain WHERE link_number >= (
        SELECT min(link_number) FROM ledger_chain JOIN ledger_seals ON seal_ids @> ledger_seals.id WHERE ${removed})`);
    await db.query(`DELETE FROM ledger_seals WHERE ${removed}`);
    await db.query(`DELETE FROM sealed_states WHERE of_table IN (${quoted(FOLLOWED_NOW)})`);
    await db.query(`
      UPDATE ledger_seals SET is_linked = false
      WHERE is_linked AND NOT EXISTS (SELECT 1 FROM ledger_chain WHERE seal_ids @> ledger_seals.id)`);
    for (const [table, trigger] of guards) await db.query(`ALTER TABLE ${table} ENABLE TRIGGER ${trigger}`);
  }
}
