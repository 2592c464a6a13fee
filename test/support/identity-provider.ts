import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { JwtService } from '@nestjs/jwt';
import type { JwtSignOptions } from '@nestjs/jwt';

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** A local identity provider with real RS256 keys and a real URL. */
export interface IdentityProvider {
  readonly jwksUrl: string;
  /** The published keys. Change them to simulate a rotation. */
  keys: SigningKey[];
  /** Whether it responds */
  isUp: boolean;
  /** The number of requests */
  asked: number;
  sign(claims: object, options?: JwtSignOptions, key?: SigningKey): string;
  close(): Promise<void>;
}

export const ISSUER = 'https://id.example.com/';
export const AUDIENCE = 'driver-loans';

export function aSigningKey(kid: string): SigningKey {
  return { kid, ...generateKeyPairSync('rsa', { modulusLength: 2048 }) };
}

export async function anIdentityProvider(): Promise<IdentityProvider> {
  const key = aSigningKey('first');
  const server = createServer((_request, response) => {
    provider.asked += 1;
    if (!provider.isUp) {
      response.writeHead(503).end();
      return;
    }
    const keys = provider.keys.map(({ kid, publicKey }) => ({
      ...publicKey.export({ format: 'jwk' }),
      kid,
      use: 'sig',
      alg: 'RS256',
    }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const provider: IdentityProvider = {
    jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`,
    keys: [key],
    isUp: true,
    asked: 0,
    sign: (claims, options = {}, by = provider.keys[0] ?? key) =>
      new JwtService().sign(claims, {
        privateKey: by.privateKey.export({ type: 'pkcs8', format: 'pem' }),
        algorithm: 'RS256',
        keyid: by.kid,
        issuer: ISSUER,
        audience: AUDIENCE,
        expiresIn: 300,
        ...options,
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return provider;
}
