import { DomainError } from '../../kernel/errors/domain-error.js';
import type { SqlRunner } from '../database/page.js';

/** What makes two requests the same one. */
export interface RequestIdentity {
  readonly userId: number;
  /** Method and path as the route declares it, such as `POST /api/v1/loans` */
  readonly route: string;
  /** The Idempotency-Key */
  readonly key: string;
  /** Of all that the request asks for: path, query and body */
  readonly hash: string;
}

const KEPT_FOR = `interval '24 hours'`;

/** How many expired keys go with each new one: more than come, so that they never pile up. */
const SWEPT = 10;

const CLAIM = `
  SELECT pg_try_advisory_xact_lock(hashtextextended(concat_ws(' ', $1::integer, $2::text, $3::text), 0)) AS is_free`;

const FIND = `
  SELECT request_hash, answer FROM idempotency_keys
  WHERE user_id = $1 AND route = $2 AND key = $3 AND created_at > now() - ${KEPT_FOR}`;

/** Takes the place of an expired answer, never that of a living one. */
const KEEP = `
  INSERT INTO idempotency_keys AS kept (user_id, route, key, request_hash, answer) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (user_id, route, key) DO UPDATE
  SET request_hash = excluded.request_hash, answer = excluded.answer, created_at = excluded.created_at
  WHERE kept.created_at <= now() - ${KEPT_FOR}`;

const SWEEP = `
  DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM idempotency_keys WHERE created_at <= now() - ${KEPT_FOR}
    ORDER BY created_at LIMIT ${SWEPT} FOR UPDATE SKIP LOCKED))`;

/**
 * A request that carries an Idempotency-Key: however often it comes, on whichever replica, it is done once, and for 24
 * hours answered as the first time. `Transactions.runIdempotent` makes it so.
 */
export class IdempotentRequest {
  private wasAnsweredBefore = false;

  constructor(
    private readonly identity: RequestIdentity,
    /** Tells the caller that the answer is that of an earlier request */
    private readonly onReplay: () => void,
  ) {}

  /** Whether the answer is that of an earlier request, and nothing was done. */
  get isReplay(): boolean {
    return this.wasAnsweredBefore;
  }

  /**
   * The answer kept for this request, or null where it is the first of its key, which it is then until the
   * transaction ends. Throws IDEMPOTENCY_KEY_REUSED, and REQUEST_IN_PROGRESS instead of waiting for the other.
   */
  async findStoredResponse<T extends object>(db: SqlRunner): Promise<T | null> {
    const { userId, route, key, hash } = this.identity;
    const [{ is_free }] = await db.query<[{ is_free: boolean }]>(CLAIM, [userId, route, key]);
    if (!is_free) {
      throw new DomainError(
        'REQUEST_IN_PROGRESS',
        'A request with this Idempotency-Key is still in progress; try again in a moment.',
      );
    }
    // A statement of its own: it sees what the one that held the lock before has committed
    const [kept] = await db.query<{ request_hash: string; answer: T }[]>(FIND, [userId, route, key]);
    if (kept && kept.request_hash !== hash) {
      throw new DomainError(
        'IDEMPOTENCY_KEY_REUSED',
        'This Idempotency-Key was used for another request; a new request takes a new key.',
      );
    }
    return kept?.answer ?? null;
  }

  /** Keeps the answer of the first time, in the transaction of the work. */
  async storeResponse(db: SqlRunner, answer: object): Promise<void> {
    const { userId, route, key, hash } = this.identity;
    await db.query(KEEP, [userId, route, key, hash, JSON.stringify(answer)]);
    await db.query(SWEEP);
  }

  markReplayed(): void {
    this.wasAnsweredBefore = true;
    this.onReplay();
  }
}
