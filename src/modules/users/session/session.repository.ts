import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/transactions.js';

export interface SessionRow {
  readonly id: number;
  readonly user_id: number;
}

export interface SessionLimits {
  /** Without a renewal for so long it ends */
  readonly idleSeconds: number;
  /** However busy, it ends so long after the sign-in */
  readonly maxSeconds: number;
}

/** Hashes of the two halves of a refresh token. */
export interface TokenHashes {
  /** The same as long as the session lives */
  readonly key: Buffer;
  /** Another after every renewal */
  readonly secret: Buffer;
}

/** How many ended sessions go with each new one: more than come, so that they never pile up. */
const SWEPT = 10;

const SWEEP = `
  DELETE FROM sessions WHERE id = ANY (ARRAY(
    SELECT id FROM sessions WHERE lives_until <= now() ORDER BY lives_until LIMIT ${SWEPT} FOR UPDATE SKIP LOCKED))`;

/**
 * The share lock waits for whoever changes the user at this moment, and looks at the user again: a session cannot slip
 * in behind a new password or the end of the access.
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

/** Sign-ins that are alive, on the database's own time: the same for every replica, whatever CLOCK_NOW says. */
@Injectable()
export class SessionRepository {
  /** Null where the user is no longer active, or has another password than the one that was checked. */
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

  /** Null where there is no such session, or where its secret is another by now: of two at once, one comes through. */
  async renew(
    tx: Tx,
    { key, secret }: TokenHashes,
    nextSecret: Buffer,
    { idleSeconds }: SessionLimits,
  ): Promise<SessionRow | null> {
    const [rows] = await tx.query<[SessionRow[], number]>(RENEW, [key, secret, nextSecret, idleSeconds]);
    return rows[0] ?? null;
  }

  /** Ends the session that the key names; null where none is alive. */
  async end(tx: Tx, key: Buffer): Promise<SessionRow | null> {
    const [rows] = await tx.query<[SessionRow[], number]>(
      'DELETE FROM sessions WHERE key_hash = $1 AND lives_until > now() RETURNING id, user_id',
      [key],
    );
    return rows[0] ?? null;
  }

  /** Ends all of the user's sessions but the one named; answers how many that were. */
  async endAllOf(tx: Tx, userId: number, exceptId: number | null): Promise<number> {
    const [rows] = await tx.query<[{ is_alive: boolean }[], number]>(
      `DELETE FROM sessions WHERE user_id = $1 AND id IS DISTINCT FROM $2
       RETURNING lives_until > now() AS is_alive`,
      [userId, exceptId],
    );
    return rows.filter(({ is_alive }) => is_alive).length;
  }
}
