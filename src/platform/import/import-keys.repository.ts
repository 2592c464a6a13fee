import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/errors/domain-error.js';
import type { Tx } from '../database/transactions.js';

/** The keys of the rows of a file, in a temporary table of the transaction, because a file may be large. */
@Injectable()
export class ImportKeysRepository {
  /**
   * Allows only one import of a kind at a time, until the transaction ends. Throws IMPORT_IN_PROGRESS instead of
   * waiting for the other import, which may take minutes.
   */
  async lockKind(tx: Tx, kind: string): Promise<void> {
    const [{ is_free }] = await tx.query<[{ is_free: boolean }]>(
      `SELECT pg_try_advisory_xact_lock(hashtextextended('import ' || $1, 0)) AS is_free`,
      [kind],
    );
    if (!is_free) {
      throw new DomainError(
        'IMPORT_IN_PROGRESS',
        `Another import of ${kind} is in progress. Try again when it has finished.`,
      );
    }
    await tx.query(
      'CREATE TEMPORARY TABLE import_keys (key text COLLATE "C" PRIMARY KEY, line integer NOT NULL) ON COMMIT DROP',
    );
  }

  /** Clears the keys of the first pass over the file. */
  async clear(tx: Tx): Promise<void> {
    await tx.query('TRUNCATE import_keys');
  }

  /** Claims the keys for their lines. Returns the line that owns each key: an earlier line for a repeated key. */
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
    const claimed = await tx.query<{ key: string; line: number }[]>(
      'SELECT key, line FROM import_keys WHERE key = ANY($1)',
      [keys],
    );
    return new Map(claimed.map(({ key, line }) => [key, line]));
  }
}
