import { createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import type { SecretOrKeyProvider } from 'passport-jwt';
import { neverCancelled } from '../../../platform/database/client-gone.js';
import { permissionsOf } from '../../users/index.js';
import type { UserQueryService } from '../../users/index.js';
import { TOKEN_ALGORITHM, TOKEN_AUDIENCE, TOKEN_ISSUER } from './access-token.js';
import type { Caller } from './bearer.strategy.js';
import { SharedReads } from './shared-reads.js';

type SessionUser = Awaited<ReturnType<UserQueryService['findBySession']>>;

const ID = /^[1-9]\d{0,8}$/;

/** The claims of a token whose signature, issuer, audience and expiry have been checked. */
interface AccessTokenClaims {
  readonly sub?: string;
  readonly sid?: unknown;
  readonly exp?: number;
}

/** Authenticates requests by our own bearer tokens. Their expiry uses the real time, regardless of CLOCK_NOW. */
export class JwtStrategy extends PassportStrategy(Strategy) {
  private readonly checks = new SharedReads<SessionUser>();

  constructor(
    secret: string,
    private readonly users: UserQueryService,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKeyProvider: providerOf(createSecretKey(secret, 'utf8')),
      algorithms: [TOKEN_ALGORITHM],
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
    });
  }

  /**
   * Reads user and session from the database after each request has arrived, so that a sign-out, a new password, a
   * deactivation and a change of roles take effect immediately. Concurrent requests of a session share a read. Returns
   * false, as passport expects, if the session or user is not active, or if the token has no expiry.
   */
  async validate({ sub, sid, exp }: AccessTokenClaims): Promise<Caller | false> {
    if (sub === undefined || !ID.test(sub) || !ID.test(String(sid)) || exp === undefined) return false;
    const sessionId = Number.parseInt(String(sid), 10);
    const read = () => this.users.findBySession(sessionId, Number.parseInt(sub, 10));
    const user = await this.checks.get(`${sub} ${sessionId}`, () => neverCancelled(read));
    if (user === null) return false;
    const { id: userId, roles, mustChangePassword } = user;
    return { actor: { userId, permissions: permissionsOf(roles), sessionId }, mustChangePassword };
  }
}

/**
 * A text as the key would be parsed as a public key for every request, in vain: a quarter of the processor time of a
 * short request. The types of passport-jwt do not know key objects, but the library under it does.
 */
function providerOf(key: KeyObject): SecretOrKeyProvider {
  return (_request, _token, done: unknown) => (done as (error: null, key: KeyObject) => void)(null, key);
}
