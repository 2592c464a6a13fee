import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The events of all changes, written in their transactions. A dry run uses up no number (docs/adr/0020-dry-runs.md). */
export class CreateOutbox1764460000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('CREATE SEQUENCE outbox_id_seq');
    await db.query(`
      CREATE TABLE outbox (
        id             bigint DEFAULT next_number('outbox_id_seq') CONSTRAINT pk_outbox PRIMARY KEY,
        occurred_at    timestamptz NOT NULL,
        type           text NOT NULL,
        version        integer NOT NULL CONSTRAINT ck_outbox_version CHECK (version >= 1),
        aggregate_type text NOT NULL,
        aggregate_id   text NOT NULL,
        payload        jsonb NOT NULL,
        actor_id       integer CONSTRAINT fk_outbox_actor REFERENCES users (id),
        request_id     text
      )`);
    await db.query('ALTER SEQUENCE outbox_id_seq OWNED BY outbox.id');
    await db.query('CREATE INDEX idx_outbox_aggregate ON outbox (aggregate_type, aggregate_id)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE outbox');
  }
}
