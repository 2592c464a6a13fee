import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAuditAndIdempotency1763900200000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE audit_log (
        id          bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_audit_log PRIMARY KEY,
        at          timestamptz NOT NULL,
        actor_id    integer CONSTRAINT fk_audit_log_actor REFERENCES users (id),
        action      text COLLATE "C" NOT NULL,
        record_type text COLLATE "C" NOT NULL,
        record_id   text COLLATE "C" NOT NULL,
        before      jsonb,
        after       jsonb,
        request_id  text,
        address     text
      )`);
    await db.query('CREATE INDEX idx_audit_log_record ON audit_log (record_type, record_id)');
    await db.query('CREATE INDEX idx_audit_log_actor ON audit_log (actor_id)');
    await db.query('CREATE INDEX idx_audit_log_at ON audit_log (at)');
    await db.query(`
      CREATE TRIGGER trg_audit_log_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    // The answer is json, not jsonb: a repeated request is answered byte for byte as the first one was
    await db.query(`
      CREATE TABLE idempotency_keys (
        user_id      integer NOT NULL CONSTRAINT fk_idempotency_keys_user REFERENCES users (id),
        route        text COLLATE "C" NOT NULL,
        key          text COLLATE "C" NOT NULL,
        request_hash text COLLATE "C" NOT NULL,
        answer       json NOT NULL,
        created_at   timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT pk_idempotency_keys PRIMARY KEY (user_id, route, key),
        CONSTRAINT ck_idempotency_keys_key CHECK (key ~ '^[\\x21-\\x7E]{1,255}$')
      )`);
    await db.query('CREATE INDEX idx_idempotency_keys_created_at ON idempotency_keys (created_at)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE idempotency_keys, audit_log');
  }
}
