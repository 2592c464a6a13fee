import { Injectable } from '@nestjs/common';
import { normalizeIp, ThrottlerStorageService } from '@nestjs/throttler';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../kernel/errors/domain-error.js';
import { AppConfig } from '../config/app-config.js';

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

const MINUTE = 60;
const HOUR = 3_600;
/** Who has one IPv6 address has all of its /64. */
const IPV6_NETWORK_BITS = 64;

/**
 * Counts requests in sliding windows, in the memory of this process: N replicas together let N times as much through. A
 * refused request is not counted, so a client that keeps knocking gets in as soon as its oldest request is a window old.
 */
@Injectable()
export class RateLimiter {
  private readonly ofUser: readonly Limit[];
  private readonly ofAddress: readonly Limit[];
  private readonly ofLogin: readonly Limit[];

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

  /** Counts a request of somebody who is signed in. Throws RATE_LIMITED. */
  countUser(userId: number, reply: FastifyReply): Promise<void> {
    return this.count(this.ofUser, String(userId), reply);
  }

  /** Counts a request of somebody who is not signed in, by the address. Throws RATE_LIMITED. */
  countAddress(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    return this.count(this.ofAddress, networkOf(request.ip), reply);
  }

  /** Counts an attempt to sign in, by the address. Throws RATE_LIMITED. */
  countLogin(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    return this.count(this.ofLogin, networkOf(request.ip), reply);
  }

  /** All limits that hold are announced, and the standing of the one that is nearest to its end. */
  private async count(limits: readonly Limit[], who: string, reply: FastifyReply): Promise<void> {
    let nearest: Standing | null = null;
    for (const limit of limits) {
      const standing = await this.take(limit, who);
      if (nearest === null || standing.remaining < nearest.remaining) nearest = standing;
      if (standing.remaining < 0) break;
    }
    if (nearest === null) return;
    announce(reply, limits, nearest);
    if (nearest.remaining >= 0) return;
    void reply.header('retry-after', nearest.reset);
    throw new DomainError(
      'RATE_LIMITED',
      `That was too much at once; try again in ${nearest.reset === 1 ? 'a second' : `${nearest.reset} seconds`}.`,
    );
  }

  /** Takes one from the limit; `remaining` is -1 where there was none left. */
  private async take(limit: Limit, who: string): Promise<Standing> {
    const { name, requests, seconds } = limit;
    // no time of blocking beyond the window itself
    const hit = await this.storage.increment(`${name}:${who}`, seconds * 1_000, requests, 0, name);
    const reset = hit.isBlocked ? hit.timeToBlockExpire : hit.timeToExpire;
    return { limit, remaining: requests - hit.totalHits, reset: Math.max(1, reset) };
  }
}

/** The address, or of an IPv6 address its network. */
function networkOf(address: string): string {
  return normalizeIp(address, IPV6_NETWORK_BITS);
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
