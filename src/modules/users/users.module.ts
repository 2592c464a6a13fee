import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { User } from './entities/user.entity.js';
import { PasswordHasher } from './password-hasher.js';
import { PasswordResetService } from './password-reset.service.js';
import { UserRepository } from './repositories/user.repository.js';
import { UserDirectory } from './user-directory.js';
import { UserRegistrationService } from './user-registration.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([User])],
  providers: [UserRepository, PasswordHasher, PasswordResetService, UserDirectory, UserRegistrationService],
  exports: [PasswordHasher, PasswordResetService, UserDirectory, UserRegistrationService],
})
export class UsersModule {}
