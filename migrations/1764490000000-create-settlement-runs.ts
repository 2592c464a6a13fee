import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Settlement runs: the week's earnings of many drivers, each line a payment by hierarchy (docs/domain.md). */
export class CreateSettlementRuns1764490000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.createRuns(db);
    await this.createLines(db);
    await this.settleReferencesOnce(db);
    await this.followVoids(db);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER trg_ledger_postings_settlement_voided ON ledger_postings');
    await db.query('DROP TRIGGER trg_ledger_postings_settle_reference ON ledger_postings');
    await db.query('DROP TABLE settled_earnings, settlement_lines, settlement_runs');
    await db.query('DROP FUNCTION settlement_line_voided, settle_reference');
  }

  /**
   * content_hash is that of the week and the lines, so that the same lines are one run, whoever sends them and however
   * often. It becomes null when a payment of the run is voided.
   */
  private async createRuns(db: QueryRunner): Promise<void> {
    await db.query('CREATE SEQUENCE settlement_runs_id_seq AS bigint');
    await db.query(`
      CREATE TABLE settlement_runs (
        id                    bigint DEFAULT next_number('settlement_runs_id_seq')
          CONSTRAINT pk_settlement_runs PRIMARY KEY,
        run_id                text COLLATE "C" NOT NULL CONSTRAINT uq_settlement_runs_run_id UNIQUE,
        payment_period_start  date NOT NULL,
        content_hash          bytea CONSTRAINT uq_settlement_runs_content UNIQUE,
        status                text NOT NULL,
        lines_total           integer NOT NULL,
        lines_paid            integer NOT NULL DEFAULT 0,
        lines_rejected        integer NOT NULL DEFAULT 0,
        lines_nothing_due     integer NOT NULL DEFAULT 0,
        total_earnings        numeric(20,2) NOT NULL DEFAULT 0,
        total_applied         numeric(20,2) NOT NULL DEFAULT 0,
        total_net             numeric(20,2) NOT NULL DEFAULT 0,
        failure               text,
        started_by            integer CONSTRAINT fk_settlement_runs_started_by REFERENCES users (id),
        started_at            timestamptz NOT NULL,
        completed_at          timestamptz,
        voided_by             integer CONSTRAINT fk_settlement_runs_voided_by REFERENCES users (id),
        voided_at             timestamptz,
        void_reason           text,
        CONSTRAINT ck_settlement_runs_status CHECK (status IN ('RUNNING', 'COMPLETED', 'FAILED', 'VOIDED')),
        CONSTRAINT ck_settlement_runs_period CHECK (extract(dow FROM payment_period_start) = 0),
        CONSTRAINT ck_settlement_runs_counts
          CHECK (lines_paid >= 0 AND lines_rejected >= 0 AND lines_nothing_due >= 0
             AND lines_paid + lines_rejected + lines_nothing_due <= lines_total),
        CONSTRAINT ck_settlement_runs_completed
          CHECK (completed_at IS NULL OR lines_paid + lines_rejected + lines_nothing_due = lines_total),
        CONSTRAINT ck_settlement_runs_totals
          CHECK (total_applied >= 0 AND total_net >= 0 AND total_earnings = total_applied + total_net),
        CONSTRAINT ck_settlement_runs_failed CHECK ((status = 'FAILED') = (failure IS NOT NULL)),
        CONSTRAINT ck_settlement_runs_void
          CHECK ((status = 'VOIDED') = (voided_at IS NOT NULL) AND (status = 'VOIDED') = (void_reason IS NOT NULL))
      )`);
    await db.query('ALTER SEQUENCE settlement_runs_id_seq OWNED BY settlement_runs.id');
  }

  /**
   * driver_id and lease_id are null on a rejected line whose driver or lease is unknown, amount and source_id on one that
   * could not be read.
   */
  private async createLines(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE settlement_lines (
        run_id             bigint NOT NULL CONSTRAINT fk_settlement_lines_run REFERENCES settlement_runs (id),
        line_number        integer NOT NULL,
        driver_id          integer CONSTRAINT fk_settlement_lines_driver REFERENCES drivers (id),
        tlc_license_number text,
        lease_id           integer,
        amount             numeric(12,2),
        min_take_home      numeric(12,2) NOT NULL,
        source_id          text COLLATE "C",
        status             text NOT NULL,
        applied            numeric(12,2) NOT NULL DEFAULT 0,
        net                numeric(12,2) NOT NULL DEFAULT 0,
        posting_id         text COLLATE "C"
          CONSTRAINT fk_settlement_lines_posting REFERENCES ledger_postings (posting_id),
        allocations_count  integer NOT NULL DEFAULT 0,
        error_code         text,
        error_message      text,
        CONSTRAINT pk_settlement_lines PRIMARY KEY (run_id, line_number),
        CONSTRAINT fk_settlement_lines_lease FOREIGN KEY (driver_id, lease_id) REFERENCES leases (driver_id, id),
        CONSTRAINT ck_settlement_lines_number CHECK (line_number > 0),
        CONSTRAINT ck_settlement_lines_status
          CHECK (status IN ('PENDING', 'PAID', 'NOTHING_DUE', 'REJECTED', 'VOIDED')),
        CONSTRAINT ck_settlement_lines_complete
          CHECK (status = 'REJECTED' OR (driver_id IS NOT NULL AND amount IS NOT NULL AND source_id IS NOT NULL)),
        CONSTRAINT ck_settlement_lines_error
          CHECK ((status = 'REJECTED') = (error_code IS NOT NULL) AND (status = 'REJECTED') = (error_message IS NOT NULL)),
        CONSTRAINT ck_settlement_lines_amounts
          CHECK (CASE WHEN status IN ('PENDING', 'REJECTED') THEN applied = 0 AND net = 0
                      ELSE amount > 0 AND applied >= 0 AND net = amount - applied
                           AND net >= least(min_take_home, amount) END),
        CONSTRAINT ck_settlement_lines_posting
          CHECK ((posting_id IS NOT NULL) = (applied > 0) AND (posting_id IS NOT NULL) = (allocations_count > 0)
             AND (status <> 'PAID' OR applied > 0) AND (status <> 'NOTHING_DUE' OR applied = 0))
      ) WITH (fillfactor = 90)`);
    await db.query(`
      CREATE INDEX idx_settlement_lines_pending ON settlement_lines (run_id, driver_id) WHERE status = 'PENDING'`);
    await db.query(`
      CREATE INDEX idx_settlement_lines_nothing_due ON settlement_lines (source_id) WHERE status = 'NOTHING_DUE'`);
    await db.query(`
      CREATE INDEX idx_settlement_lines_posting ON settlement_lines (posting_id) WHERE posting_id IS NOT NULL`);
  }

  /**
   * Earnings are settled once, whether a run or a single payment settles them: each settled reference is a row here. A line
   * from which nothing was due has no posting, so the key of the postings alone does not know it.
   */
  private async settleReferencesOnce(db: QueryRunner): Promise<void> {
    await db.query('CREATE SEQUENCE settled_earnings_id_seq AS bigint');
    await db.query(`
      CREATE TABLE settled_earnings (
        id        bigint DEFAULT next_number('settled_earnings_id_seq')
          CONSTRAINT pk_settled_earnings PRIMARY KEY,
        source_id text COLLATE "C" NOT NULL CONSTRAINT uq_settled_earnings_source UNIQUE
      )`);
    await db.query('ALTER SEQUENCE settled_earnings_id_seq OWNED BY settled_earnings.id');
    await db.query(`
      INSERT INTO settled_earnings (source_id)
      SELECT source_id FROM ledger_postings WHERE source_type = 'WEEKLY_EARNINGS' AND status = 'POSTED'`);
    await db.query(`
      CREATE FUNCTION settle_reference() RETURNS trigger LANGUAGE plpgsql
        SET search_path = pg_catalog, public, pg_temp AS $$
      BEGIN
        INSERT INTO settled_earnings (source_id) VALUES (NEW.source_id) ON CONFLICT DO NOTHING;
        IF NOT FOUND THEN
          RAISE EXCEPTION 'the earnings % are settled already', NEW.source_id
            USING ERRCODE = '23505', CONSTRAINT = 'uq_ledger_postings_standing_source';
        END IF;
        RETURN NULL;
      END $$`);
    await db.query(`
      CREATE TRIGGER trg_ledger_postings_settle_reference AFTER INSERT ON ledger_postings
        FOR EACH ROW WHEN (NEW.source_type = 'WEEKLY_EARNINGS') EXECUTE FUNCTION settle_reference()`);
    await db.query(`
      CREATE TRIGGER trg_settlement_lines_settle_reference AFTER UPDATE ON settlement_lines
        FOR EACH ROW WHEN (OLD.status <> 'NOTHING_DUE' AND NEW.status = 'NOTHING_DUE')
        EXECUTE FUNCTION settle_reference()`);
  }

  /** A voided payment frees its reference, and its run no longer stands for its lines: they can be sent again. */
  private async followVoids(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION settlement_line_voided() RETURNS trigger LANGUAGE plpgsql
        SET search_path = pg_catalog, public, pg_temp AS $$
      BEGIN
        DELETE FROM settled_earnings WHERE source_id = NEW.source_id;
        UPDATE settlement_runs SET content_hash = NULL
          WHERE id = (SELECT run_id FROM settlement_lines WHERE posting_id = NEW.posting_id);
        UPDATE settlement_lines SET status = 'VOIDED' WHERE posting_id = NEW.posting_id;
        RETURN NULL;
      END $$`);
    await db.query(`
      CREATE TRIGGER trg_ledger_postings_settlement_voided AFTER UPDATE ON ledger_postings
        FOR EACH ROW WHEN (NEW.source_type = 'WEEKLY_EARNINGS' AND OLD.status = 'POSTED' AND NEW.status = 'VOIDED')
        EXECUTE FUNCTION settlement_line_voided()`);
  }
}
