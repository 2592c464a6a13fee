import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables whose rows are hashed and sealed, each with its column of money. */
const SEALED = [
  { table: 'ledger_postings', amount: 'amount' },
  { table: 'payment_allocations', amount: 'amount_allocated' },
];

/** Rows that stood before there were seals are sealed in stretches of so many ids. */
const OLD_ROWS_A_SEAL = 10_000;

/** Makes what the ledger holds tamper evident: a hash a row, a seal a writing statement, a chain over the seals. */
export class SealTheLedger1763900300000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.createSeals(db);
    await this.createChain(db);
    await this.hashRows(db);
    for (const { table, amount } of SEALED) await this.sealTable(db, table, amount);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const { table } of SEALED) {
      await db.query(`DROP TRIGGER trg_${table}_hash ON ${table}`);
      await db.query(`DROP TRIGGER trg_${table}_seal ON ${table}`);
      await db.query(`DROP FUNCTION ${table}_hash, ${table}_seal, row_hash_of(${table})`);
      await db.query(`ALTER TABLE ${table} DROP COLUMN row_hash`);
    }
    await db.query('DROP FUNCTION ledger_link_hash, seal_hash_of');
    await db.query('DROP TABLE ledger_chain, ledger_seals');
    await db.query('DROP FUNCTION ledger_seal_guard');
  }

  /** A seal is written by the statement that writes the rows, and names them: writers never wait for one another. */
  private async createSeals(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE ledger_seals (
        id           bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_ledger_seals PRIMARY KEY,
        sealed_table text NOT NULL,
        row_ids      int8multirange NOT NULL,
        row_count    integer NOT NULL,
        total_amount numeric(18,2) NOT NULL,
        rows_hash    bytea NOT NULL,
        is_linked    boolean NOT NULL DEFAULT false,
        CONSTRAINT ck_ledger_seals_table CHECK (sealed_table IN ('ledger_postings', 'payment_allocations')),
        CONSTRAINT ck_ledger_seals_rows CHECK (row_count > 0 AND NOT isempty(row_ids) AND total_amount > 0)
      )`);
    await db.query('CREATE INDEX idx_ledger_seals_row_ids ON ledger_seals USING gist (row_ids)');
    await db.query('CREATE INDEX idx_ledger_seals_unlinked ON ledger_seals (id) WHERE NOT is_linked');
    await db.query(`
      CREATE FUNCTION seal_hash_of(seal ledger_seals) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
      RETURN sha256(record_send(ROW('ledger_seals 1'::text, seal.id, seal.sealed_table, seal.row_ids::text, seal.row_count,
        seal.total_amount, seal.rows_hash)))`);
    await db.query(`
      CREATE FUNCTION ledger_seal_guard() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        unchanged ledger_seals := NEW;
      BEGIN
        unchanged.is_linked := false;
        IF OLD.is_linked OR NOT NEW.is_linked OR unchanged IS DISTINCT FROM OLD THEN
          RAISE EXCEPTION 'seal % is immutable: only its step into the chain is allowed', OLD.id
            USING ERRCODE = '55000';
        END IF;
        RETURN NEW;
      END $$`);
    await db.query(`
      CREATE TRIGGER trg_ledger_seals_immutable BEFORE UPDATE ON ledger_seals
        FOR EACH ROW EXECUTE FUNCTION ledger_seal_guard()`);
    await db.query(`
      CREATE TRIGGER trg_ledger_seals_kept BEFORE DELETE OR TRUNCATE ON ledger_seals
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
  }

  /** A link takes all seals that no link holds yet, and the hash of the link before it. */
  private async createChain(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE ledger_chain (
        link_number   bigint CONSTRAINT pk_ledger_chain PRIMARY KEY,
        previous_hash bytea NOT NULL,
        seal_ids      int8multirange NOT NULL,
        seal_count    integer NOT NULL,
        seals_hash    bytea NOT NULL,
        linked_at     timestamptz NOT NULL,
        hash          bytea NOT NULL,
        CONSTRAINT ck_ledger_chain_seals CHECK (seal_count > 0 AND NOT isempty(seal_ids))
      )`);
    await db.query('CREATE INDEX idx_ledger_chain_seal_ids ON ledger_chain USING gist (seal_ids)');
    await db.query(`
      CREATE FUNCTION ledger_link_hash(link_number bigint, previous_hash bytea, seal_ids int8multirange,
        seal_count integer, seals_hash bytea, linked_at timestamptz) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
      RETURN sha256(record_send(ROW('ledger_chain 1'::text, link_number, previous_hash, seal_ids::text, seal_count, seals_hash,
        linked_at)))`);
    await db.query(`
      CREATE TRIGGER trg_ledger_chain_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_chain
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
  }

  /**
   * The hash of a row covers all that never changes: everything but the void's columns, which the reversal's own row
   * answers for. record_send gives every field its type and its length, and NULL a length of its own, so no two rows
   * read the same; texts go in as UTF-8 whatever the encoding of the connection.
   */
  private async hashRows(db: QueryRunner): Promise<void> {
    for (const { table } of SEALED) await db.query(`ALTER TABLE ${table} ADD COLUMN row_hash bytea`);
    await db.query(`
      CREATE FUNCTION row_hash_of(line ledger_postings) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
      RETURN sha256(record_send(ROW('ledger_postings 1'::text, line.id, line.posting_id, line.driver_id, line.lease_id,
        line.posting_type, line.category, line.amount, convert_to(line.source_type, 'UTF8'),
        convert_to(line.source_id, 'UTF8'), line.payment_period_start, line.payment_period_end, line.posted_at,
        line.posted_by, line.reverses_posting_id, convert_to(line.description, 'UTF8'),
        convert_to(line.notes, 'UTF8'))))`);
    await db.query(`
      CREATE FUNCTION row_hash_of(line payment_allocations) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
      RETURN sha256(record_send(ROW('payment_allocations 1'::text, line.id, line.allocation_id, line.payment_posting_id,
        line.balance_id, line.amount_allocated, line.allocation_type, line.allocated_at)))`);
  }

  private async sealTable(db: QueryRunner, table: string, amount: string): Promise<void> {
    await db.query(`ALTER TABLE ${table} DISABLE TRIGGER trg_${table}_immutable`);
    await db.query(`UPDATE ${table} AS line SET row_hash = row_hash_of(line)`);
    await db.query(`ALTER TABLE ${table} ENABLE TRIGGER trg_${table}_immutable`);
    await db.query(`ALTER TABLE ${table} ALTER COLUMN row_hash SET NOT NULL`);
    const seal = (rows: string): string => `
      INSERT INTO ledger_seals (sealed_table, row_ids, row_count, total_amount, rows_hash)
      SELECT '${table}', range_agg(int8range(id, id, '[]')), count(*), sum(${amount}),
             sha256(string_agg(row_hash, '' ORDER BY id))
      FROM ${rows}`;
    await db.query(seal(`${table} GROUP BY id / ${OLD_ROWS_A_SEAL} ORDER BY id / ${OLD_ROWS_A_SEAL}`));
    await db.query(`
      CREATE FUNCTION ${table}_hash() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.row_hash := row_hash_of(NEW);
        RETURN NEW;
      END $$`);
    await db.query(`
      CREATE FUNCTION ${table}_seal() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        ${seal('written HAVING count(*) > 0')};
        RETURN NULL;
      END $$`);
    await db.query(`
      CREATE TRIGGER trg_${table}_hash BEFORE INSERT ON ${table}
        FOR EACH ROW EXECUTE FUNCTION ${table}_hash()`);
    await db.query(`
      CREATE TRIGGER trg_${table}_seal AFTER INSERT ON ${table}
        REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ${table}_seal()`);
  }
}
