import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { registerChecks } from '../../platform/integrity/integrity-checks.js';
import { User } from './entities/user.entity.js';
import { UsersController } from './http/users.controller.js';
import { PasswordHasher } from './password-hasher.js';
import { PasswordResetService } from './password-reset.service.js';
import { SEALED_USERS } from './queries/sealed-users.js';
import { UserQuery } from './queries/user.query.js';
import { SessionRepository } from './repositories/session.repository.js';
import { SignInLockRepository } from './repositories/sign-in-lock.repository.js';
import { UserRepository } from './repositories/user.repository.js';
import { SignInLocks } from './sign-in-locks.service.js';
import { UserAccessService } from './user-access.service.js';
import { UserAdministrationService } from './user-administration.service.js';
import { UserDirectory } from './user-directory.js';
import { UserRegistrationService } from './user-registration.service.js';
import { UserSessions } from './user-sessions.service.js';
import { UserUpdateService } from './user-update.service.js';

/** Who may sign in, how long their sign-ins last, and what administrators do about both. */
@Module({
  imports: [TypeOrmModule.forFeature([User])],
  controllers: [UsersController],
  providers: [
    UserRepository,
    SessionRepository,
    SignInLockRepository,
    UserQuery,
    PasswordHasher,
    PasswordResetService,
    SignInLocks,
    UserAccessService,
    UserAdministrationService,
    UserDirectory,
    UserRegistrationService,
    UserSessions,
    UserUpdateService,
    registerChecks(...SEALED_USERS),
  ],
  exports: [
    PasswordHasher,
    PasswordResetService,
    SignInLocks,
    UserAccessService,
    UserDirectory,
    UserRegistrationService,
    UserSessions,
  ],
})
export class UsersModule {}
