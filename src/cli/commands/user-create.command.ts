import { Command } from 'commander';
import { SYSTEM_ACTOR } from '../../kernel/access/actor.js';
import { ROLES, UserCreationService } from '../../modules/users/index.js';
import { EXISTING_OR_NEW, withServices } from '../cli-context.js';
import { readNewPassword } from '../password-prompt.js';
import { UsageError } from '../usage-error.js';

interface UserCreateOptions {
  readonly email: string;
  readonly name: string;
  readonly role: readonly string[];
}

export const userCreate = new Command('user:create')
  .description('Create a user; the password is read from the terminal or from a pipe')
  .requiredOption('--email <address>', 'the e-mail address for the sign-in')
  .requiredOption('--name <name>', 'first and last name')
  .requiredOption('--role <roles>', `one or more of ${ROLES.join(', ')}, separated by commas`, parseRoles)
  .action(async ({ email, name, role }: UserCreateOptions) => {
    const user = await withServices(async (find) => {
      const users = find(UserCreationService);
      await users.requireNewUser({ email, name, roles: role });
      const password = await readNewPassword();
      return users.register(SYSTEM_ACTOR, { email, name, password, roles: role });
    }, EXISTING_OR_NEW);
    process.stdout.write(`Created user ${user.id}, ${user.email}\n`);
  });

function parseRoles(text: string): string[] {
  const roles = text.split(',').map((role) => role.trim().toUpperCase());
  const unknown = roles.find((role) => !ROLES.some((known) => known === role));
  if (unknown !== undefined) {
    throw new UsageError(`There is no role "${unknown}". Choose from ${ROLES.join(', ')}.`);
  }
  return roles;
}
