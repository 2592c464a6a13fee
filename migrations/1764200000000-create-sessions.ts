import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSessions1764200000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE users ADD COLUMN must_change_password boolean NOT NULL DEFAULT false');
    // One row is one sign-in, whose refresh token changes with every use. What has ended is deleted: audit_log remembers
    await db.query(`
      CREATE TABLE sessions (
        id          integer GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_sessions PRIMARY KEY,
        user_id     integer NOT NULL CONSTRAINT fk_sessions_user REFERENCES users (id),
        key_hash    bytea NOT NULL CONSTRAINT uq_sessions_key_hash UNIQUE,
        secret_hash bytea NOT NULL,
        started_at  timestamptz NOT NULL DEFAULT now(),
        ends_at     timestamptz NOT NULL,
        lives_until timestamptz NOT NULL,
        CONSTRAINT ck_sessions_hashes CHECK (octet_length(key_hash) = 32 AND octet_length(secret_hash) = 32),
        CONSTRAINT ck_sessions_lives_until CHECK (lives_until <= ends_at)
      )`);
    await db.query('CREATE INDEX idx_sessions_user ON sessions (user_id)');
    await db.query('CREATE INDEX idx_sessions_lives_until ON sessions (lives_until)');
    // By the hash of whatever was typed as an e-mail, so that nobody's slip of a password stands here
    await db.query(`
      CREATE TABLE sign_in_locks (
        account_hash bytea CONSTRAINT pk_sign_in_locks PRIMARY KEY,
        failures     integer NOT NULL,
        failed_at    timestamptz NOT NULL DEFAULT now(),
        locked_until timestamptz,
        CONSTRAINT ck_sign_in_locks_account_hash CHECK (octet_length(account_hash) = 32),
        CONSTRAINT ck_sign_in_locks_failures CHECK (failures > 0)
      )`);
    await db.query('CREATE INDEX idx_sign_in_locks_failed_at ON sign_in_locks (failed_at)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE sign_in_locks, sessions');
    await db.query('ALTER TABLE users DROP COLUMN must_change_password');
  }
}
