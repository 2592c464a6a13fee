import { DomainError } from '../../kernel/errors/domain-error.js';
import type { SqlRunner } from '../database/page.js';
import { prepared } from '../database/prepared.js';

/** Two requests with the same identity are one request that was repeated. */
export interface RequestIdentity {
  readonly userId: number;
  /** Method and path as the route declares it, such as `POST /api/v1/loans` */
  readonly route: string;
  /** The Idempotency-Key */
  readonly key: string;
  /** SHA-256 of path, query and body */
  readonly hash: string;
}

/** How long an answer is kept, as SQL. A trigger refuses to change or delete it before. */
export const KEPT_FOR = `interval '24 hours'`;

/** Number of expired keys that each new key deletes: more than one, so that they do not accumulate. */
const SWEPT = 10;

const CLAIM = prepared(`
  SELECT pg_try_advisory_xact_lock(hashtextextended(concat_ws(' ', $1::integer, $2::text, $3::text), 0)) AS is_free`);

const FIND = prepared(`
  SELECT request_hash, answer FROM idempotency_keys
  WHERE user_id = $1 AND route = $2 AND key = $3 AND created_at > now() - ${KEPT_FOR}`);

/** Replaces an answer only if it has expired. */
const STORE = prepared(`
  INSERT INTO idempotency_keys AS kept (user_id, route, key, request_hash, answer) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (user_id, route, key) DO UPDATE
  SET request_hash = excluded.request_hash, answer = excluded.answer, created_at = excluded.created_at
  WHERE kept.created_at <= now() - ${KEPT_FOR}`);

const SWEEP = `
  DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM idempotency_keys WHERE created_at <= now() - ${KEPT_FOR}
    ORDER BY created_at LIMIT ${SWEPT} FOR UPDATE SKIP LOCKED))`;

/**
 * A request with an Idempotency-Key. `Changes.runIdempotent` does it once, however often and to whichever replica it is
 * sent, and repeats the first answer for 24 hours.
 */
export class IdempotentRequest {
  private wasAnsweredBefore = false;

  constructor(
    private readonly identity: RequestIdentity,
    /** Marks the answer as that of an earlier request */
    private readonly onReplay: () => void,
  ) {}

  /** Whether the answer is that of an earlier request, so that nothing was done now. */
  get isReplay(): boolean {
    return this.wasAnsweredBefore;
  }

  /**
   * The stored answer, or null if this is the first request with the key; then it holds the key until the transaction
   * ends. Throws IDEMPOTENCY_KEY_REUSED, and REQUEST_IN_PROGRESS instead of waiting for a concurrent request.
   */
  async findStoredResponse<T extends object>(db: SqlRunner): Promise<T | null> {
    const { userId, route, key, hash } = this.identity;
    // two statements, so that the second one sees what the previous holder of the lock has committed
    const [[{ is_free }], [stored]] = await Promise.all([
      db.query<[{ is_free: boolean }]>(CLAIM, [userId, route, key]),
      db.query<{ request_hash: string; answer: T }[]>(FIND, [userId, route, key]),
    ]);
    if (!is_free) {
      throw new DomainError(
        'REQUEST_IN_PROGRESS',
        'A request with this Idempotency-Key is still in progress. Try again shortly.',
      );
    }
    if (stored && stored.request_hash !== hash) {
      throw new DomainError(
        'IDEMPOTENCY_KEY_REUSED',
        'This Idempotency-Key was used for another request. Use a new key for a new request.',
      );
    }
    return stored?.answer ?? null;
  }

  /** Stores the first answer in the transaction of the work. */
  async storeResponse(db: SqlRunner, answer: object): Promise<void> {
    const { userId, route, key, hash } = this.identity;
    await Promise.all([db.query(STORE, [userId, route, key, hash, JSON.stringify(answer)]), db.query(SWEEP)]);
  }

  markReplayed(): void {
    this.wasAnsweredBefore = true;
    this.onReplay();
  }
}
