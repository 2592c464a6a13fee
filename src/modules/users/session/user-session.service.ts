import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../../platform/config/app-config.js';
import { Tx } from '../../../platform/database/transactions.js';
import { SessionLimits, SessionRepository, TokenHashes } from './session.repository.js';

/** Each half of a refresh token: 256 random bits. */
const HALF_BYTES = 32;
const REFRESH_TOKEN = /^[\w-]{86}$/;

/** A session as its owner gets it: the refresh token exists here and with the owner alone. */
export interface OpenSession {
  readonly id: number;
  readonly userId: number;
  readonly refreshToken: string;
}

export type Renewal = OpenSession | { readonly reusedBy: { id: number; userId: number } } | null;

/**
 * Sign-ins that last, each by a refresh token that is good for one renewal. A token is two random halves, of which we
 * keep hashes: the first names the session as long as it lives, the second changes with each renewal. So a token with
 * the right first half and another second one is an old one: somebody has a copy, and the session ends.
 */
@Injectable()
export class UserSessionService {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly config: AppConfig,
  ) {}

  /** Null where the user was made inactive, or got another password, since the password was checked. */
  async start(
    tx: Tx,
    user: { readonly id: number; readonly passwordHash: string },
  ): Promise<OpenSession | null> {
    const key = randomBytes(HALF_BYTES);
    const secret = randomBytes(HALF_BYTES);
    const row = await this.sessions.start(tx, user, { key: hash(key), secret: hash(secret) }, this.limits());
    return row && { id: row.id, userId: row.user_id, refreshToken: tokenOf(key, secret) };
  }

  /**
   * Exchanges a refresh token for the next one. Null where its session is not alive; where the token was exchanged
   * before, also by a request of the same moment, the session has ended and the answer names it.
   */
  async renew(tx: Tx, refreshToken: string): Promise<Renewal> {
    const halves = halvesOf(refreshToken);
    if (halves === null) return null;
    const hashes: TokenHashes = { key: hash(halves.key), secret: hash(halves.secret) };
    const next = randomBytes(HALF_BYTES);
    const row = await this.sessions.renew(tx, hashes, hash(next), this.limits());
    if (row) return { id: row.id, userId: row.user_id, refreshToken: tokenOf(halves.key, next) };
    const ended = await this.sessions.end(tx, hashes.key);
    return ended && { reusedBy: { id: ended.id, userId: ended.user_id } };
  }

  /** Ends the session that the token, also an old one, belongs to; null where none is alive. */
  async end(tx: Tx, refreshToken: string): Promise<{ id: number; userId: number } | null> {
    const halves = halvesOf(refreshToken);
    const ended = halves && (await this.sessions.end(tx, hash(halves.key)));
    return ended && { id: ended.id, userId: ended.user_id };
  }

  /** Signs the user out everywhere, but for the one session named; answers how many ended. */
  endAllOf(tx: Tx, userId: number, exceptId?: number): Promise<number> {
    return this.sessions.endAllOf(tx, userId, exceptId ?? null);
  }

  private limits(): SessionLimits {
    const { AUTH_SESSION_IDLE_SECONDS: idleSeconds, AUTH_SESSION_MAX_SECONDS: maxSeconds } = this.config;
    return { idleSeconds, maxSeconds };
  }
}

/** Fast is right here: what is hashed is random, so there is nothing to guess. */
function hash(half: Buffer): Buffer {
  return createHash('sha256').update(half).digest();
}

function tokenOf(key: Buffer, secret: Buffer): string {
  return Buffer.concat([key, secret]).toString('base64url');
}

function halvesOf(refreshToken: string): { key: Buffer; secret: Buffer } | null {
  if (!REFRESH_TOKEN.test(refreshToken)) return null;
  const bytes = Buffer.from(refreshToken, 'base64url');
  return { key: bytes.subarray(0, HALF_BYTES), secret: bytes.subarray(HALF_BYTES) };
}
