import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { AppConfig } from '../../platform/config/app-config.js';
import { Authenticator } from '../../platform/http/authenticator.js';
import { JWT_SECRET } from '../../platform/platform.module.js';
import { UserDirectory, UsersModule } from '../users/index.js';
import { AccessGuard } from './access.guard.js';
import { TOKEN_ALGORITHM, TOKEN_AUDIENCE, TOKEN_ISSUER } from './access-token.js';
import { BEARER_STRATEGY } from './bearer-strategy.js';
import type { BearerStrategy } from './bearer-strategy.js';
import { AuthController } from './http/auth.controller.js';
import { IdentityProviderStrategy } from './identity-provider.strategy.js';
import { JwtStrategy } from './jwt.strategy.js';
import { LoginService } from './login.service.js';
import { LogoutService } from './logout.service.js';
import { PasswordChangeService } from './password-change.service.js';
import { PasswordCheckService } from './password-check.service.js';
import { ProfileService } from './profile.service.js';
import { RefreshTokenCookie } from './refresh-token-cookie.js';
import { SessionRenewalService } from './session-renewal.service.js';
import { SessionTokens } from './session-tokens.js';

/** Sign-in, and the guard before every route of the application. */
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
    RefreshTokenCookie,
    SessionRenewalService,
    SessionTokens,
    { provide: BEARER_STRATEGY, inject: [AppConfig, JWT_SECRET, UserDirectory], useFactory: bearerStrategy },
    AccessGuard,
    { provide: Authenticator, useExisting: AccessGuard },
    { provide: APP_GUARD, useExisting: AccessGuard },
  ],
})
export class AuthModule {}

/** Our own tokens, or those of the identity provider: never both, so that there is one door to watch. */
function bearerStrategy(config: AppConfig, secret: string, users: UserDirectory): BearerStrategy {
  const { AUTH_JWKS_URL: jwksUrl, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = config;
  if (!jwksUrl || !issuer || !audience) return new JwtStrategy(secret, users);
  return new IdentityProviderStrategy(
    { jwksUrl, issuer, audience, userClaim: config.AUTH_USER_CLAIM },
    users,
  );
}
