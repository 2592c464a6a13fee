import { Logger } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { PassportStrategy } from '@nestjs/passport';
import { passportJwtSecret, SigningKeyNotFoundError } from 'jwks-rsa';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { permissionsOf } from '../../users/index.js';
import type { UserQueryService } from '../../users/index.js';
import type { Caller } from './bearer.strategy.js';

export interface IdentityProvider {
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  /** The claim that holds the user's e-mail */
  readonly userClaim: string;
}

/** The only accepted algorithm. With HS256, anyone could sign a token with the public key. */
const ALGORITHM = 'RS256';
/** The header `typ` of an access token (RFC 9068), and the values of providers without a specific type. */
const TOKEN_TYPES: readonly unknown[] = ['at+jwt', 'application/at+jwt', 'jwt', undefined];
/** The claim by which some providers distinguish access tokens from ID and refresh tokens. */
const CLAIMED_TYPES: readonly unknown[] = ['bearer', undefined];
/** The allowed difference between the clock of the provider and ours */
const CLOCK_TOLERANCE_SECONDS = 30;
const KEY_CACHE_MS = 10 * 60_000;
/** How long a cached key remains valid while the provider is unavailable */
const KEY_CACHE_FALLBACK_MS = 12 * 3_600_000;
const KEY_REQUESTS_PER_MINUTE = 10;
const KEY_REQUEST_TIMEOUT_MS = 5_000;

type Claims = Readonly<Record<string, unknown>>;

/** Authenticates requests by tokens of the identity provider. Roles come from our users; no claim grants a role. */
export class IdentityProviderStrategy extends PassportStrategy(Strategy) {
  constructor(
    private readonly provider: IdentityProvider,
    private readonly users: Pick<UserQueryService, 'findActiveByEmail'>,
  ) {
    super({
      jwtFromRequest: accessTokenOf,
      secretOrKeyProvider: passportJwtSecret({
        jwksUri: provider.jwksUrl,
        cache: true,
        cacheMaxAge: KEY_CACHE_MS,
        cacheMaxAgeFallback: KEY_CACHE_FALLBACK_MS,
        rateLimit: true,
        jwksRequestsPerMinute: KEY_REQUESTS_PER_MINUTE,
        timeout: KEY_REQUEST_TIMEOUT_MS,
        handleSigningKeyError: (error, callback) => callback(keyErrorOf(error)),
      }),
      issuer: provider.issuer,
      audience: provider.audience,
      algorithms: [ALGORITHM],
      jsonWebTokenOptions: { clockTolerance: CLOCK_TOLERANCE_SECONDS },
    });
  }

  /**
   * Returns false for a token without expiry and for an ID or refresh token. Throws UNAUTHENTICATED if it identifies no
   * active user.
   */
  async validate(claims: Claims): Promise<Caller | false> {
    if (typeof claims['exp'] !== 'number' || !CLAIMED_TYPES.includes(lowerCase(claims['typ']))) return false;
    const user = await this.findUser(claims);
    if (user === null) {
      throw new DomainError(
        'UNAUTHENTICATED',
        'The token is valid, but its e-mail address belongs to no active user. Ask an administrator.',
      );
    }
    return {
      actor: { userId: user.id, permissions: permissionsOf(user.roles) },
      mustChangePassword: false,
    };
  }

  /** Ignores an e-mail address that the provider has not verified, because it may belong to another person. */
  private async findUser(claims: Claims): ReturnType<UserQueryService['findActiveByEmail']> {
    const email = claims[this.provider.userClaim];
    if (typeof email !== 'string' || isUnverified(claims['email_verified'])) return null;
    return this.users.findActiveByEmail(email);
  }
}

const bearerTokenOf = ExtractJwt.fromAuthHeaderAsBearerToken();

/** The bearer token; null if its header declares another kind of token. */
function accessTokenOf(request: Parameters<typeof bearerTokenOf>[0]): string | null {
  const token = bearerTokenOf(request);
  if (token === null) return null;
  const decoded = new JwtService().decode<{ header: { typ?: unknown } } | null>(token, { complete: true });
  return decoded !== null && TOKEN_TYPES.includes(lowerCase(decoded.header.typ)) ? token : null;
}

function lowerCase(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

/** Some providers send the flag as a string. */
function isUnverified(emailVerified: unknown): boolean {
  return emailVerified !== undefined && emailVerified !== true && emailVerified !== 'true';
}

/** Returns null if the provider does not have the key; the token is then rejected like a forged one. */
function keyErrorOf(error: Error | null): DomainError | null {
  if (error === null || error instanceof SigningKeyNotFoundError) return null;
  new Logger(IdentityProviderStrategy.name).warn(
    `Cannot read the keys of the identity provider: ${error.message}`,
  );
  return new DomainError(
    'IDENTITY_PROVIDER_UNAVAILABLE',
    'The identity provider does not answer, so the token cannot be checked. Try again shortly.',
  );
}
