import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/errors/domain-error.js';
import type { Tx } from '../database/transactions.js';

/** What the rows of a file are known by, in a table that goes with the transaction: the file may be a large one. */
@Injectable()
export class ImportKeysRepository {
  /**
   * Lets one import of a kind work at a time, until the transaction ends. Throws IMPORT_IN_PROGRESS instead of waiting
   * for the other, which may take minutes.
   */
  async begin(tx: Tx, kind: string): Promise<void> {
    const [{ is_free }] = await tx.query<[{ is_free: boolean }]>(
      `SELECT pg_try_advisory_xact_lock(hashtextextended('import ' || $1, 0)) AS is_free`,
      [kind],
    );
    if (!is_free) {
      throw new DomainError(
        'IMPORT_IN_PROGRESS',
        `Another import of ${kind} is under way; try again when it has ended.`,
      );
    }
    await tx.query(
      'CREATE TEMPORARY TABLE import_keys (key text COLLATE "C" PRIMARY KEY, line integer NOT NULL) ON COMMIT DROP',
    );
  }

  /** Forgets the keys of a first reading of the file. */
  async forget(tx: Tx): Promise<void> {
    await tx.query('TRUNCATE import_keys');
  }

  /** Takes the keys for their lines. Answers the line to which each key belongs now: another one for a repetition. */
  async claim(
    tx: Tx,
    rows: readonly { readonly key: string; readonly line: number }[],
  ): Promise<Map<string, number>> {
    const keys = rows.map(({ key }) => key);
    await tx.query(
      `INSERT INTO import_keys (key, line)
       SELECT key, min(line) FROM unnest($1::text[], $2::integer[]) AS row (key, line) GROUP BY key
       ON CONFLICT (key) DO NOTHING`,
      [keys, rows.map(({ line }) => line)],
    );
    const taken = await tx.query<{ key: string; line: number }[]>(
      'SELECT key, line FROM import_keys WHERE key = ANY($1)',
      [keys],
    );
    return new Map(taken.map(({ key, line }) => [key, line]));
  }
}
