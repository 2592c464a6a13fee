import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The batches of a posting run that are not posted yet, for all processes that work on the run. */
export class ShareTheBatchesOfARun1764480100000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE posting_run_batches (
        run_id   integer NOT NULL CONSTRAINT fk_posting_run_batches_run REFERENCES posting_runs (id),
        first_id bigint NOT NULL,
        last_id  bigint NOT NULL,
        CONSTRAINT pk_posting_run_batches PRIMARY KEY (run_id, first_id),
        CONSTRAINT ck_posting_run_batches_range CHECK (first_id <= last_id)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE posting_run_batches');
  }
}
