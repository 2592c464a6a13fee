import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../../platform/config/app-config.js';
import { Tx } from '../../../platform/database/transactions.js';
import { SessionLimits, SessionRepository, TokenHashes } from './session.repository.js';

/** Each half of a refresh token: 256 random bits. */
const HALF_BYTES = 32;
const REFRESH_TOKEN = /^[\w-]{86}$/;

/** A session as returned to its owner. The refresh token is not stored, only its hashes. */
export interface OpenSession {
  readonly id: number;
  readonly userId: number;
  readonly refreshToken: string;
}

export type Renewal = OpenSession | { readonly reusedBy: { id: number; userId: number } } | null;

/**
 * Sessions with refresh tokens, each of which is valid for one renewal. A token has two random halves, which are stored
 * as hashes: the first identifies the session for its lifetime, the second changes with each renewal. A token with the
 * right first half and a different second half is an old token, so someone has a copy of it, and the session ends.
 */
@Injectable()
export class UserSessionService {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly config: AppConfig,
  ) {}

  /** Returns null if the user was made inactive or the password was changed after the password was checked. */
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
   * Exchanges a refresh token for the next one. Returns null if its session is not active. If the token has already
   * been exchanged, also by a concurrent request, it ends the session and returns it as `reusedBy`.
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

  /** Ends the session of the token, which may be an old one. Returns null if the session is not active. */
  async end(tx: Tx, refreshToken: string): Promise<{ id: number; userId: number } | null> {
    const halves = halvesOf(refreshToken);
    const ended = halves && (await this.sessions.end(tx, hash(halves.key)));
    return ended && { id: ended.id, userId: ended.user_id };
  }

  /** Ends all sessions of the user except `exceptId`. Returns the number of ended sessions. */
  endAllOf(tx: Tx, userId: number, exceptId?: number): Promise<number> {
    return this.sessions.endAllOf(tx, userId, exceptId ?? null);
  }

  private limits(): SessionLimits {
    const { AUTH_SESSION_IDLE_SECONDS: idleSeconds, AUTH_SESSION_MAX_SECONDS: maxSeconds } = this.config;
    return { idleSeconds, maxSeconds };
  }
}

/** A fast hash is safe here, because the input is random and cannot be guessed. */
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
