import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who made a user, and who last gave the user another password: both knew a password of the account. Users of 0.1 get
 * them from the audit log; a user who was made on the command line was made by nobody.
 */
export class WhoKnowsAPassword1764430000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE users
        ADD created_by integer CONSTRAINT fk_users_created_by REFERENCES users (id),
        ADD password_reset_by integer CONSTRAINT fk_users_password_reset_by REFERENCES users (id),
        ADD password_reset_on timestamptz,
        ADD CONSTRAINT ck_users_password_reset CHECK (password_reset_by IS NULL OR password_reset_on IS NOT NULL)`);
    await db.query(`
      UPDATE users SET created_by = entry.actor_id
      FROM audit_log AS entry
      WHERE entry.action = 'user.create' AND entry.record_type = 'user' AND entry.record_id = users.id::text`);
    await db.query(`
      UPDATE users SET password_reset_by = entry.actor_id, password_reset_on = entry.at
      FROM (
        SELECT DISTINCT ON (record_id) record_id, actor_id, at
        FROM audit_log
        WHERE action = 'user.password' AND record_type = 'user' AND actor_id::text <> record_id
        ORDER BY record_id, id DESC) AS entry
      WHERE entry.record_id = users.id::text`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE users DROP COLUMN created_by, DROP COLUMN password_reset_by, DROP COLUMN password_reset_on`);
  }
}
