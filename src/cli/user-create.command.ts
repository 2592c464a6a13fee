import { Command, CommandRunner, Option } from 'nest-commander';
import { SYSTEM_ACTOR } from '../kernel/access/actor.js';
import { ROLES, UserCreationService } from '../modules/users/index.js';
import { BackOffice, EXISTING_OR_NEW } from './back-office.js';
import { PasswordPrompt } from './password-prompt.js';
import { UsageError } from './usage-error.js';

interface UserCreateOptions {
  readonly email: string;
  readonly name: string;
  readonly role: readonly string[];
}

@Command({
  name: 'user:create',
  description: 'Add a user who may sign in; the password is asked for, or read from a pipe',
})
export class UserCreateCommand extends CommandRunner {
  constructor(
    private readonly passwordPrompt: PasswordPrompt,
    private readonly backOffice: BackOffice,
  ) {
    super();
  }

  override async run(_arguments: string[], { email, name, role }: UserCreateOptions): Promise<void> {
    const password = await this.passwordPrompt.readNewPassword();
    const user = await this.backOffice.open(
      (find) => find(UserCreationService).register(SYSTEM_ACTOR, { email, name, password, roles: role }),
      EXISTING_OR_NEW,
    );
    process.stdout.write(`Created user ${user.id}, ${user.email}\n`);
  }

  @Option({ flags: '--email <address>', description: 'the e-mail to sign in with', required: true })
  parseEmail(text: string): string {
    return text;
  }

  @Option({ flags: '--name <name>', description: 'first and last name', required: true })
  parseName(text: string): string {
    return text;
  }

  @Option({
    flags: '--role <roles>',
    description: `one or more of ${ROLES.join(', ')}, with commas between`,
    required: true,
  })
  parseRole(text: string): string[] {
    const roles = text.split(',').map((role) => role.trim().toUpperCase());
    const unknown = roles.find((role) => !ROLES.some((known) => known === role));
    if (unknown !== undefined) {
      throw new UsageError(`There is no role "${unknown}": each must be one of ${ROLES.join(', ')}.`);
    }
    return roles;
  }
}
