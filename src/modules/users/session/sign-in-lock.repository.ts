import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Tx } from '../../../platform/database/transactions.js';

/** Longer than the longest lock; and a guesser who waits it out wins nothing over one who sits the locks out. */
const FORGOTTEN_AFTER = `interval '1 hour'`;

/** How many forgotten rows go with each failure: more than come, so that made-up e-mails cannot fill the table. */
const SWEPT = 10;

const SWEEP = `
  DELETE FROM sign_in_locks WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM sign_in_locks WHERE failed_at <= now() - ${FORGOTTEN_AFTER}
    ORDER BY failed_at LIMIT ${SWEPT} FOR UPDATE SKIP LOCKED))`;

const COUNT = `
  INSERT INTO sign_in_locks AS known (account_hash, network, failures) VALUES ($1, $2, 1)
  ON CONFLICT (account_hash, network) DO UPDATE
  SET failed_at = now(),
      failures = CASE WHEN known.failed_at <= now() - ${FORGOTTEN_AFTER} THEN 1 ELSE known.failures + 1 END
  RETURNING failures`;

/** Who tries to sign in, and from where. */
export interface LockKey {
  readonly account: Buffer;
  /** A network that the user signed in from before; empty for all others together */
  readonly network: string;
}

/** Wrong passwords in a row, by account and network, on the database's own time: the same for every replica. */
@Injectable()
export class SignInLockRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** For how many seconds, rounded up, the account refuses every password; 0 where it does not. */
  async secondsLeft({ account, network }: LockKey): Promise<number> {
    const [row] = await this.dataSource.query<{ seconds: number }[]>(
      `SELECT ceil(extract(epoch FROM locked_until - now()))::integer AS seconds
       FROM sign_in_locks WHERE account_hash = $1 AND network = $2 AND locked_until > now()`,
      [account, network],
    );
    return row?.seconds ?? 0;
  }

  /** Counts one more, and answers how many that makes; others who count for the account wait until the end of the Tx. */
  async countFailure(tx: Tx, { account, network }: LockKey): Promise<number> {
    await tx.query(SWEEP);
    const [row] = await tx.query<[{ failures: number }]>(COUNT, [account, network]);
    return row.failures;
  }

  async lock(tx: Tx, { account, network }: LockKey, seconds: number): Promise<void> {
    await tx.query(
      `UPDATE sign_in_locks SET locked_until = now() + make_interval(secs => $3)
       WHERE account_hash = $1 AND network = $2`,
      [account, network, seconds],
    );
  }

  async clear(tx: Tx, { account, network }: LockKey): Promise<void> {
    await tx.query('DELETE FROM sign_in_locks WHERE account_hash = $1 AND network = $2', [account, network]);
  }

  /** At every network. */
  async clearAll(tx: Tx, account: Buffer): Promise<void> {
    await tx.query('DELETE FROM sign_in_locks WHERE account_hash = $1', [account]);
  }
}
