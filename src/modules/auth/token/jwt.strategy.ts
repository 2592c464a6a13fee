import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { permissionsOf } from '../../users/index.js';
import type { UserQueryService } from '../../users/index.js';
import { TOKEN_ALGORITHM, TOKEN_AUDIENCE, TOKEN_ISSUER } from './access-token.js';
import type { Caller } from './bearer.strategy.js';

const ID = /^[1-9]\d{0,8}$/;

/** What is read from a token whose signature, issuer, audience and end were checked. */
interface AccessTokenClaims {
  readonly sub?: string;
  readonly sid?: unknown;
  readonly exp?: number;
}

/** Finds out who sends a request, by our own bearer token. Tokens live on real time, whatever CLOCK_NOW says. */
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(
    secret: string,
    private readonly users: UserQueryService,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKey: secret,
      algorithms: [TOKEN_ALGORITHM],
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
    });
  }

  /**
   * User and session are read anew for each request, so that signing out, a new password, the end of the access and
   * other roles count at once. False, as passport has it, where nobody stands behind the token, or where it would
   * never end.
   */
  async validate({ sub, sid, exp }: AccessTokenClaims): Promise<Caller | false> {
    if (sub === undefined || !ID.test(sub) || !ID.test(String(sid)) || exp === undefined) return false;
    const sessionId = Number.parseInt(String(sid), 10);
    const user = await this.users.findBySession(sessionId, Number.parseInt(sub, 10));
    if (user === null) return false;
    const { id: userId, roles, mustChangePassword } = user;
    return { actor: { userId, permissions: permissionsOf(roles), sessionId }, mustChangePassword };
  }
}
