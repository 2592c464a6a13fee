import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/transactions.js';

export interface SessionRow {
  readonly id: number;
  readonly user_id: number;
}

export interface SessionLimits {
  /** The session ends after this time without a renewal */
  readonly idleSeconds: number;
  /** The session ends this long after the sign-in, even if it is renewed */
  readonly maxSeconds: number;
}

/** Hashes of both halves of a refresh token. */
export interface TokenHashes {
  /** Constant for the lifetime of the session */
  readonly key: Buffer;
  /** Changes with every renewal */
  readonly secret: Buffer;
}

/** The number of ended sessions that each new session deletes: more than one, so that they do not accumulate. */
const SWEEP_LIMIT = 10;

const SWEEP = `
  DELETE FROM sessions WHERE id = ANY (ARRAY(
    SELECT id FROM sessions WHERE lives_until <= now() ORDER BY lives_until LIMIT ${SWEEP_LIMIT} FOR UPDATE SKIP LOCKED))`;

/**
 * The share lock waits for a concurrent change of the user and then reads the user again. So no session can start with
 * an old password or for a user who has become inactive.
 */
const START = `
  INSERT INTO sessions (user_id, key_hash, secret_hash, ends_at, lives_until)
  SELECT holder.id, $3, $4, now() + make_interval(secs => $6), now() + make_interval(secs => least($5, $6)::integer)
  FROM (SELECT id FROM users WHERE id = $1 AND is_active AND password_hash = $2 FOR SHARE) AS holder
  RETURNING id, user_id`;

const RENEW = `
  UPDATE sessions
  SET secret_hash = $3, lives_until = least(now() + make_interval(secs => $4), ends_at)
  WHERE key_hash = $1 AND secret_hash = $2 AND lives_until > now()
  RETURNING id, user_id`;

/** Active sessions. Uses the time of the database, which is the same for every replica, regardless of CLOCK_NOW. */
@Injectable()
export class SessionRepository {
  /** Returns null if the user is no longer active or the password has changed since the check. */
  async start(
    tx: Tx,
    user: { readonly id: number; readonly passwordHash: string },
    { key, secret }: TokenHashes,
    { idleSeconds, maxSeconds }: SessionLimits,
  ): Promise<SessionRow | null> {
    await tx.query(SWEEP);
    const [session] = await tx.query<SessionRow[]>(START, [
      user.id,
      user.passwordHash,
      key,
      secret,
      idleSeconds,
      maxSeconds,
    ]);
    return session ?? null;
  }

  /**
   * Returns null if there is no such session or its secret has changed. Of two concurrent renewals, only one succeeds.
   */
  async renew(
    tx: Tx,
    { key, secret }: TokenHashes,
    nextSecret: Buffer,
    { idleSeconds }: SessionLimits,
  ): Promise<SessionRow | null> {
    const [rows] = await tx.query<[SessionRow[], number]>(RENEW, [key, secret, nextSecret, idleSeconds]);
    return rows[0] ?? null;
  }

  /** Ends the session with this key. Returns null if there is no active one. */
  async end(tx: Tx, key: Buffer): Promise<SessionRow | null> {
    const [rows] = await tx.query<[SessionRow[], number]>(
      'DELETE FROM sessions WHERE key_hash = $1 AND lives_until > now() RETURNING id, user_id',
      [key],
    );
    return rows[0] ?? null;
  }

  /** Ends all sessions of the user except `exceptId`. Returns the number of active ones that it ended. */
  async endAllOf(tx: Tx, userId: number, exceptId: number | null): Promise<number> {
    const [rows] = await tx.query<[{ is_alive: boolean }[], number]>(
      `DELETE FROM sessions WHERE user_id = $1 AND id IS DISTINCT FROM $2
       RETURNING lives_until > now() AS is_alive`,
      [userId, exceptId],
    );
    return rows.filter(({ is_alive }) => is_alive).length;
  }
}
