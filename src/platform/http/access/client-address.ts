import { isIP } from 'node:net';
import { normalizeIp } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';

/** Who has one IPv6 address has all of its /64. */
const IPV6_NETWORK_BITS = 64;

/**
 * The address of the client, as the proxies of TRUST_PROXY report it. Where what they report is not an IP address, it is
 * not believed, and the address is that of the connection.
 */
export function clientAddress({ ip, socket }: Pick<FastifyRequest, 'ip' | 'socket'>): string {
  return isIP(ip) === 0 ? (socket.remoteAddress ?? '') : ip;
}

/** The address, or of an IPv6 address its network. */
export function networkOf(address: string): string {
  return normalizeIp(address, IPV6_NETWORK_BITS);
}
