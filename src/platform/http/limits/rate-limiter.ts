import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../../kernel/access/actor.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { waitingTime } from '../../../kernel/text/sentence.js';
import { AppConfig } from '../../config/app-config.js';
import { clientAddress, networkOf } from '../access/client-address.js';
import type { WindowState } from './sliding-window.js';
import { SlidingWindow } from './sliding-window.js';

/** The maximum number of requests in a sliding window. */
class Limit {
  readonly window: SlidingWindow;

  constructor(
    readonly requests: number,
    readonly seconds: number,
  ) {
    this.window = new SlidingWindow(requests, seconds);
  }
}

/** The state of a limit after a request. */
interface LimitState extends WindowState {
  readonly limit: Limit;
}

/** The user is known after the access guard has accepted the token. */
type CountedRequest = FastifyRequest & { readonly user?: Actor };

/** Also requests to it whose body cannot be read count to its limit. */
const LOGIN_ROUTE = '/api/v1/auth/login';

const MINUTE = 60;
const HOUR = 3_600;
/** At this number of remembered addresses, expired ones are dropped. */
const SWEEP_AT = 1_000;

/**
 * Counts requests in sliding windows, in the memory of this process: with N replicas the effective limits are N
 * times as high. A request above a limit is not counted, so a client that keeps retrying succeeds as soon as its
 * oldest request leaves the window. Requests rejected for other reasons are counted.
 */
@Injectable()
export class RateLimiter {
  private readonly userLimits: readonly Limit[];
  private readonly addressLimits: readonly Limit[];
  private readonly loginLimits: readonly Limit[];
  private readonly counted = new WeakSet<FastifyRequest>();
  /** Time, in milliseconds, until which an address has no requests left */
  private readonly exhausted = new Map<string, number>();

  constructor(config: AppConfig) {
    this.userLimits = [
      new Limit(config.RATE_LIMIT_PER_MINUTE, MINUTE),
      new Limit(config.RATE_LIMIT_PER_HOUR, HOUR),
    ];
    this.addressLimits = [new Limit(config.RATE_LIMIT_ADDRESS_PER_MINUTE, MINUTE)];
    this.loginLimits = [new Limit(config.RATE_LIMIT_LOGIN_PER_MINUTE, MINUTE), ...this.addressLimits];
  }

  /** Counts the request once: for its user, or for its address if no user is signed in. Throws RATE_LIMITED. */
  count(request: CountedRequest, reply: FastifyReply): void {
    if (this.counted.has(request)) return;
    this.counted.add(request);
    const userId = request.user?.userId;
    if (userId) return this.countTo(this.userLimits, String(userId), reply);
    const address = networkOf(clientAddress(request));
    const isLogin = request.routeOptions.url === LOGIN_ROUTE;
    this.countTo(isLogin ? this.loginLimits : this.addressLimits, address, reply);
  }

  /** Whether the address had no requests left at its last request. */
  isExhausted(request: FastifyRequest): boolean {
    return (this.exhausted.get(networkOf(clientAddress(request))) ?? 0) > performance.now();
  }

  /** The headers name all applicable limits, and the state of the one with the fewest requests left. */
  private countTo(limits: readonly Limit[], client: string, reply: FastifyReply): void {
    let tightest: LimitState | null = null;
    for (const limit of limits) {
      const state = { limit, ...limit.window.count(client) };
      if (tightest === null || state.remaining < tightest.remaining) tightest = state;
      if (state.remaining < 0) break;
    }
    if (tightest === null) return;
    setHeaders(reply, limits, tightest);
    if (tightest.remaining >= 0) return;
    if (this.addressLimits.includes(tightest.limit)) this.rememberExhausted(client, tightest.reset);
    void reply.header('retry-after', tightest.reset);
    throw new DomainError('RATE_LIMITED', `Rate limit exceeded. Retry in ${waitingTime(tightest.reset)}.`);
  }

  private rememberExhausted(address: string, seconds: number): void {
    const now = performance.now();
    if (this.exhausted.size >= SWEEP_AT) {
      for (const [other, until] of this.exhausted) if (until <= now) this.exhausted.delete(other);
    }
    this.exhausted.set(address, now + seconds * 1_000);
  }
}

/** The headers of draft-ietf-httpapi-ratelimit-headers-06: one header per number, all limits in the policy. */
function setHeaders(
  reply: FastifyReply,
  limits: readonly Limit[],
  { limit, remaining, reset }: LimitState,
): void {
  void reply
    .header('ratelimit-limit', limit.requests)
    .header('ratelimit-remaining', Math.max(0, remaining))
    .header('ratelimit-reset', reset)
    .header('ratelimit-policy', limits.map(({ requests, seconds }) => `${requests};w=${seconds}`).join(', '));
}
