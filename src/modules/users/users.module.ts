import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { registerChecks } from '../../platform/integrity/integrity-checks.js';
import { User } from './user/user.entity.js';
import { UsersController } from './user/users.controller.js';
import { PasswordHasherService } from './password/password-hasher.service.js';
import { PasswordResetService } from './password/password-reset.service.js';
import { SEALED_USERS } from './integrity/sealed-users.query.js';
import { UserQuery } from './user/user.query.js';
import { SessionRepository } from './session/session.repository.js';
import { SignInLockRepository } from './session/sign-in-lock.repository.js';
import { UserRepository } from './user/user.repository.js';
import { SignInLockService } from './session/sign-in-lock.service.js';
import { UserAccessService } from './access/user-access.service.js';
import { UserAdministrationService } from './user/user-administration.service.js';
import { UserQueryService } from './user/user-query.service.js';
import { UserCreationService } from './user/user-creation.service.js';
import { UserSessionService } from './session/user-session.service.js';
import { UserUpdateService } from './user/user-update.service.js';

/** User accounts, their sessions and passwords, and their administration. */
@Module({
  imports: [TypeOrmModule.forFeature([User])],
  controllers: [UsersController],
  providers: [
    UserRepository,
    SessionRepository,
    SignInLockRepository,
    UserQuery,
    PasswordHasherService,
    PasswordResetService,
    SignInLockService,
    UserAccessService,
    UserAdministrationService,
    UserQueryService,
    UserCreationService,
    UserSessionService,
    UserUpdateService,
    registerChecks(...SEALED_USERS),
  ],
  exports: [
    PasswordHasherService,
    PasswordResetService,
    SignInLockService,
    UserAccessService,
    UserQueryService,
    UserCreationService,
    UserSessionService,
  ],
})
export class UsersModule {}
