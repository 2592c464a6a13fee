import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { AppConfig } from '../../platform/config/app-config.js';
import { JWT_SECRET } from '../../platform/platform.module.js';
import { UsersModule } from '../users/index.js';
import { AccessGuard } from './access.guard.js';
import { TOKEN_ALGORITHM, TOKEN_AUDIENCE, TOKEN_ISSUER } from './access-token.js';
import { AuthController } from './http/auth.controller.js';
import { JwtStrategy } from './jwt.strategy.js';
import { LoginService } from './login.service.js';
import { ProfileService } from './profile.service.js';

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
  providers: [JwtStrategy, LoginService, ProfileService, { provide: APP_GUARD, useClass: AccessGuard }],
})
export class AuthModule {}
