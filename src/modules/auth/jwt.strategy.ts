import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import type { Actor } from '../../kernel/access/actor.js';
import { JWT_SECRET } from '../../platform/platform.module.js';
import { permissionsOf, UserDirectory } from '../users/index.js';
import { TOKEN_ALGORITHM, TOKEN_AUDIENCE, TOKEN_ISSUER } from './access-token.js';

const USER_ID = /^[1-9]\d{0,8}$/;

/** What is read from a token whose signature, issuer, audience and end were checked. */
interface AccessTokenClaims {
  readonly sub?: string;
  readonly exp?: number;
}

/** Finds out who sends a request, by its bearer token. Tokens live on real time, whatever CLOCK_NOW says. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(
    @Inject(JWT_SECRET) secret: string,
    private readonly users: UserDirectory,
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
   * The user is read anew for each request, so that making one inactive or changing their roles counts at once.
   * False, as passport has it, where nobody stands behind the token, or where it would never end.
   */
  async validate({ sub, exp }: AccessTokenClaims): Promise<Actor | false> {
    if (sub === undefined || !USER_ID.test(sub) || exp === undefined) return false;
    const user = await this.users.findActiveById(Number.parseInt(sub, 10));
    return user !== null && { userId: user.id, permissions: permissionsOf(user.roles) };
  }
}
