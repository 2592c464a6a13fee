import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Tx } from '../../../platform/database/transactions.js';

/**
 * Longer than the longest lock, so that waiting until the failures expire gives no more guesses than waiting for the
 * locks.
 */
const FAILURES_EXPIRE_AFTER = `interval '1 hour'`;

/**
 * The number of expired rows that each failure deletes: more than one, so that invented e-mails cannot fill the table.
 */
const SWEEP_LIMIT = 10;

const SWEEP = `
  DELETE FROM sign_in_locks WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM sign_in_locks WHERE failed_at <= now() - ${FAILURES_EXPIRE_AFTER}
    ORDER BY failed_at LIMIT ${SWEEP_LIMIT} FOR UPDATE SKIP LOCKED))`;

const COUNT = `
  INSERT INTO sign_in_locks AS known (account_hash, network, failures) VALUES ($1, $2, 1)
  ON CONFLICT (account_hash, network) DO UPDATE
  SET failed_at = now(),
      failures = CASE WHEN known.failed_at <= now() - ${FAILURES_EXPIRE_AFTER} THEN 1 ELSE known.failures + 1 END
  RETURNING failures`;

/** The account and the network of a sign-in attempt. */
export interface LockKey {
  readonly account: Buffer;
  /** A network from which the user has signed in before; empty for all other networks together */
  readonly network: string;
}

/**
 * Consecutive wrong passwords by account and network. Uses the time of the database, which is the same for every
 * replica.
 */
@Injectable()
export class SignInLockRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The remaining seconds of the lock, rounded up; 0 if the account is not locked. */
  async secondsLeft({ account, network }: LockKey): Promise<number> {
    const [row] = await this.dataSource.query<{ seconds: number }[]>(
      `SELECT ceil(extract(epoch FROM locked_until - now()))::integer AS seconds
       FROM sign_in_locks WHERE account_hash = $1 AND network = $2 AND locked_until > now()`,
      [account, network],
    );
    return row?.seconds ?? 0;
  }

  /**
   * Counts a failure and returns the new total. Other transactions that count for the account wait until this one ends.
   */
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

  /** For all networks. */
  async clearAll(tx: Tx, account: Buffer): Promise<void> {
    await tx.query('DELETE FROM sign_in_locks WHERE account_hash = $1', [account]);
  }
}
