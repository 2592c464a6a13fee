import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { AppConfig } from '../../platform/config/app-config.js';
import { Authenticator } from '../../platform/http/access/authenticator.js';
import { JWT_SECRET } from '../../platform/platform.module.js';
import { UserQueryService, UsersModule } from '../users/index.js';
import { AccessGuard } from './token/access.guard.js';
import { TOKEN_ALGORITHM, TOKEN_AUDIENCE, TOKEN_ISSUER } from './token/access-token.js';
import { BEARER_STRATEGY } from './token/bearer.strategy.js';
import type { BearerStrategy } from './token/bearer.strategy.js';
import { AuthController } from './session/auth.controller.js';
import { IdentityProviderStrategy } from './token/identity-provider.strategy.js';
import { JwtStrategy } from './token/jwt.strategy.js';
import { LoginService } from './session/login.service.js';
import { LogoutService } from './logout/logout.service.js';
import { PasswordChangeService } from './password/password-change.service.js';
import { PasswordCheckService } from './password/password-check.service.js';
import { ProfileService } from './session/profile.service.js';
import { RefreshTokenCookieService } from './session/refresh-token-cookie.service.js';
import { SessionRenewalService } from './session/session-renewal.service.js';
import { SessionTokenService } from './session/session-token.service.js';

/** Sign-in, and the guard of all routes. */
@Module({
  imports: [
    UsersModule,
    JwtModule.registerAsync({
      inject: [JWT_SECRET, AppConfig],
      useFactory: (secret: string, config: AppConfig) => ({
        secret,
        signOptions: {
          algorithm: TOKEN_ALGORITHM,
          issuer: TOKEN_ISSUER,
          audience: TOKEN_AUDIENCE,
          expiresIn: config.AUTH_ACCESS_TOKEN_SECONDS,
        },
      }),
    }),
  ],
  controllers: [AuthController],
  providers: [
    LoginService,
    LogoutService,
    PasswordChangeService,
    PasswordCheckService,
    ProfileService,
    RefreshTokenCookieService,
    SessionRenewalService,
    SessionTokenService,
    {
      provide: BEARER_STRATEGY,
      inject: [AppConfig, JWT_SECRET, UserQueryService],
      useFactory: bearerStrategy,
    },
    AccessGuard,
    { provide: Authenticator, useExisting: AccessGuard },
    { provide: APP_GUARD, useExisting: AccessGuard },
  ],
})
export class AuthModule {}

/** Accepts either our own tokens or those of the identity provider, never both, so that there is only one way in. */
function bearerStrategy(config: AppConfig, secret: string, users: UserQueryService): BearerStrategy {
  const { AUTH_JWKS_URL: jwksUrl, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = config;
  if (!jwksUrl || !issuer || !audience) return new JwtStrategy(secret, users);
  return new IdentityProviderStrategy(
    { jwksUrl, issuer, audience, userClaim: config.AUTH_USER_CLAIM },
    users,
  );
}
