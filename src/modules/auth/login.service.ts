import { Injectable, Logger } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { DomainError } from '../../kernel/errors/domain-error.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { PasswordHasher, UserDirectory } from '../users/index.js';
import type { LoginDto } from './http/dto/login.dto.js';
import type { LoginResponse } from './http/login.response.js';

@Injectable()
export class LoginService {
  private readonly logger = new Logger(LoginService.name);

  constructor(
    private readonly users: UserDirectory,
    private readonly passwords: PasswordHasher,
    private readonly tokens: JwtService,
    private readonly config: AppConfig,
  ) {}

  /**
   * Exchanges e-mail and password for an access token. An unknown e-mail, a wrong password and an inactive user
   * get the same WRONG_CREDENTIALS after the same work, so that nobody learns here who has an account.
   */
  async signIn({ email, password }: LoginDto): Promise<LoginResponse> {
    const user = await this.users.findForSignIn(email);
    const matches = await this.passwords.matches(password, user?.passwordHash ?? null);
    if (user === null) throw this.refusal('unknown e-mail');
    if (!matches) throw this.refusal(`wrong password for user ${user.id}`);
    if (!user.isActive) throw this.refusal(`user ${user.id} is inactive`);

    const access_token = await this.tokens.signAsync({}, { subject: String(user.id) });
    this.logger.log(`User ${user.id} signed in`);
    return { access_token, token_type: 'Bearer', expires_in: this.config.AUTH_ACCESS_TOKEN_SECONDS };
  }

  /** The reason is for the log alone, and never holds what was typed. */
  private refusal(reason: string): DomainError {
    this.logger.warn(`Sign-in refused: ${reason}`);
    return new DomainError('WRONG_CREDENTIALS', 'The e-mail or the password is wrong.');
  }
}
