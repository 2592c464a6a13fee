import { isIP } from 'node:net';
import { normalizeIp } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';

/** The owner of one IPv6 address usually has its whole /64 network. */
const IPV6_NETWORK_BITS = 64;

/**
 * The address of the client, as reported by the proxies in TRUST_PROXY. If the reported value is not an IP address,
 * the address of the connection is used.
 */
export function clientAddress({ ip, socket }: Pick<FastifyRequest, 'ip' | 'socket'>): string {
  return isIP(ip) === 0 ? (socket.remoteAddress ?? '') : ip;
}

/** The address, or the network of an IPv6 address. */
export function networkOf(address: string): string {
  return normalizeIp(address, IPV6_NETWORK_BITS);
}
