import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The networks that a user signed in from count wrong passwords apart, so that no stranger locks the user out there. */
export class LockSignInsByNetwork1764430100000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // empty: all networks that the user never signed in from
    await db.query('ALTER TABLE sign_in_locks ADD COLUMN network text COLLATE "C" NOT NULL DEFAULT \'\'');
    await db.query('ALTER TABLE sign_in_locks ALTER COLUMN network DROP DEFAULT');
    await db.query(`ALTER TABLE sign_in_locks DROP CONSTRAINT pk_sign_in_locks,
      ADD CONSTRAINT pk_sign_in_locks PRIMARY KEY (account_hash, network)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("DELETE FROM sign_in_locks WHERE network <> ''");
    await db.query(`ALTER TABLE sign_in_locks DROP CONSTRAINT pk_sign_in_locks,
      ADD CONSTRAINT pk_sign_in_locks PRIMARY KEY (account_hash)`);
    await db.query('ALTER TABLE sign_in_locks DROP COLUMN network');
  }
}
