import { Injectable } from '@nestjs/common';
import { ThrottlerStorageService } from '@nestjs/throttler';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../../kernel/access/actor.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { AppConfig } from '../../config/app-config.js';
import { clientAddress, networkOf } from '../access/client-address.js';

/** So many requests in any stretch of so many seconds. */
interface Limit {
  readonly name: string;
  readonly requests: number;
  readonly seconds: number;
}

/** What is left of a limit after a request. */
interface Standing {
  readonly limit: Limit;
  readonly remaining: number;
  /** Seconds until the window begins anew, or until the next request is taken */
  readonly reset: number;
}

/** Its user is known once the access guard has accepted its token. */
type CountedRequest = FastifyRequest & { readonly user?: Actor };

const MINUTE = 60;
const HOUR = 3_600;
/** With so many addresses remembered as exhausted, those that no longer are get dropped. */
const SWEEP_AT = 1_000;

/**
 * Counts requests in sliding windows, in the memory of this process: N replicas together let N times as much through. A
 * request above a limit is not counted, so a client that keeps asking gets in as soon as its oldest request is a window
 * old; one that is refused for any other reason is.
 */
@Injectable()
export class RateLimiter {
  private readonly ofUser: readonly Limit[];
  private readonly ofAddress: readonly Limit[];
  private readonly ofLogin: readonly Limit[];
  private readonly counted = new WeakSet<FastifyRequest>();
  /** Until when, in milliseconds, an address has no request left */
  private readonly exhausted = new Map<string, number>();

  constructor(
    private readonly storage: ThrottlerStorageService,
    config: AppConfig,
  ) {
    this.ofUser = [
      { name: 'user-minute', requests: config.RATE_LIMIT_PER_MINUTE, seconds: MINUTE },
      { name: 'user-hour', requests: config.RATE_LIMIT_PER_HOUR, seconds: HOUR },
    ];
    this.ofAddress = [{ name: 'address', requests: config.RATE_LIMIT_ADDRESS_PER_MINUTE, seconds: MINUTE }];
    this.ofLogin = [
      { name: 'login', requests: config.RATE_LIMIT_LOGIN_PER_MINUTE, seconds: MINUTE },
      ...this.ofAddress,
    ];
  }

  /** Counts the request, once: to its user, or to its address where nobody is signed in. Throws RATE_LIMITED. */
  async count(request: CountedRequest, reply: FastifyReply, isLogin = false): Promise<void> {
    if (this.counted.has(request)) return;
    this.counted.add(request);
    const userId = request.user?.userId;
    if (userId) return this.countTo(this.ofUser, String(userId), reply);
    const address = networkOf(clientAddress(request));
    await this.countTo(isLogin ? this.ofLogin : this.ofAddress, address, reply);
  }

  /** Whether the address had no request left when it last sent one. */
  isExhausted(request: FastifyRequest): boolean {
    return (this.exhausted.get(networkOf(clientAddress(request))) ?? 0) > performance.now();
  }

  /** All limits that hold are announced, and the standing of the one that is nearest to its end. */
  private async countTo(limits: readonly Limit[], who: string, reply: FastifyReply): Promise<void> {
    let nearest: Standing | null = null;
    for (const limit of limits) {
      const standing = await this.consume(limit, who);
      if (nearest === null || standing.remaining < nearest.remaining) nearest = standing;
      if (standing.remaining < 0) break;
    }
    if (nearest === null) return;
    announce(reply, limits, nearest);
    if (nearest.remaining >= 0) return;
    if (this.ofAddress.includes(nearest.limit)) this.rememberExhausted(who, nearest.reset);
    void reply.header('retry-after', nearest.reset);
    throw new DomainError(
      'RATE_LIMITED',
      `That was too much at once; try again in ${nearest.reset === 1 ? 'a second' : `${nearest.reset} seconds`}.`,
    );
  }

  private rememberExhausted(address: string, seconds: number): void {
    const now = performance.now();
    if (this.exhausted.size >= SWEEP_AT) {
      for (const [other, until] of this.exhausted) if (until <= now) this.exhausted.delete(other);
    }
    this.exhausted.set(address, now + seconds * 1_000);
  }

  /** Takes one from the limit; `remaining` is -1 where there was none left. */
  private async consume(limit: Limit, who: string): Promise<Standing> {
    const { name, requests, seconds } = limit;
    // no time of blocking beyond the window itself
    const hit = await this.storage.increment(`${name}:${who}`, seconds * 1_000, requests, 0, name);
    const reset = hit.isBlocked ? hit.timeToBlockExpire : hit.timeToExpire;
    return { limit, remaining: requests - hit.totalHits, reset: Math.max(1, reset) };
  }
}

/** As draft-ietf-httpapi-ratelimit-headers-06 has it: one header a number, all limits in the policy. */
function announce(
  reply: FastifyReply,
  limits: readonly Limit[],
  { limit, remaining, reset }: Standing,
): void {
  void reply
    .header('ratelimit-limit', limit.requests)
    .header('ratelimit-remaining', Math.max(0, remaining))
    .header('ratelimit-reset', reset)
    .header('ratelimit-policy', limits.map(({ requests, seconds }) => `${requests};w=${seconds}`).join(', '));
}
