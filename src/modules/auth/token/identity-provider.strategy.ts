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

/** The one algorithm that is taken: with HS256, anybody could sign with the public key. */
const ALGORITHM = 'RS256';
/** A header `typ` of an access token (RFC 9068), and what providers write that have no type of their own for it. */
const TOKEN_TYPES: readonly unknown[] = ['at+jwt', 'application/at+jwt', 'jwt', undefined];
/** The claim by which some providers tell their access tokens from their ID and refresh tokens. */
const CLAIMED_TYPES: readonly unknown[] = ['bearer', undefined];
/** How far the provider's clock and ours may be apart */
const CLOCK_TOLERANCE_SECONDS = 30;
const KEYS_FRESH_FOR_MS = 10 * 60_000;
/** How much longer a known key counts while the provider cannot be reached */
const KEYS_KEPT_FOR_MS = 12 * 3_600_000;
const KEY_REQUESTS_PER_MINUTE = 10;
const KEY_REQUEST_TIMEOUT_MS = 5_000;

type Claims = Readonly<Record<string, unknown>>;

/** Finds out who sends a request, by the token of the host's identity provider. Roles are ours: no claim grants one. */
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
        cacheMaxAge: KEYS_FRESH_FOR_MS,
        cacheMaxAgeFallback: KEYS_KEPT_FOR_MS,
        rateLimit: true,
        jwksRequestsPerMinute: KEY_REQUESTS_PER_MINUTE,
        timeout: KEY_REQUEST_TIMEOUT_MS,
        handleSigningKeyError: (error, answer) => answer(refusalOf(error)),
      }),
      issuer: provider.issuer,
      audience: provider.audience,
      algorithms: [ALGORITHM],
      jsonWebTokenOptions: { clockTolerance: CLOCK_TOLERANCE_SECONDS },
    });
  }

  /** False where the token never ends, or is an ID or refresh token by its claim. Throws UNAUTHENTICATED where it names no active user of ours. */
  async validate(claims: Claims): Promise<Caller | false> {
    if (typeof claims['exp'] !== 'number' || !CLAIMED_TYPES.includes(lowerCase(claims['typ']))) return false;
    const user = await this.findUser(claims);
    if (user === null) {
      throw new DomainError(
        'UNAUTHENTICATED',
        'Your token is good, but its e-mail is not that of an active user here: ask an administrator.',
      );
    }
    return {
      actor: { userId: user.id, permissions: permissionsOf(user.roles) },
      mustChangePassword: false,
    };
  }

  /** An address that the provider itself has not verified may be anybody's. */
  private async findUser(claims: Claims): ReturnType<UserQueryService['findActiveByEmail']> {
    const email = claims[this.provider.userClaim];
    if (typeof email !== 'string' || isDenied(claims['email_verified'])) return null;
    return this.users.findActiveByEmail(email);
  }
}

const bearerTokenOf = ExtractJwt.fromAuthHeaderAsBearerToken();

/** The bearer token; null where its header says that it is another kind of token. */
function accessTokenOf(request: Parameters<typeof bearerTokenOf>[0]): string | null {
  const token = bearerTokenOf(request);
  if (token === null) return null;
  const decoded = new JwtService().decode<{ header: { typ?: unknown } } | null>(token, { complete: true });
  return decoded !== null && TOKEN_TYPES.includes(lowerCase(decoded.header.typ)) ? token : null;
}

function lowerCase(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

/** Some providers write the flag as a text. */
function isDenied(emailVerified: unknown): boolean {
  return emailVerified !== undefined && emailVerified !== true && emailVerified !== 'true';
}

/** No error where the provider has no such key: the token is then refused like any forged one. */
function refusalOf(error: Error | null): DomainError | null {
  if (error === null || error instanceof SigningKeyNotFoundError) return null;
  new Logger(IdentityProviderStrategy.name).warn(`The identity provider's keys: ${error.message}`);
  return new DomainError(
    'IDENTITY_PROVIDER_UNAVAILABLE',
    'Your token cannot be checked, as the identity provider does not answer; try again in a moment.',
  );
}
