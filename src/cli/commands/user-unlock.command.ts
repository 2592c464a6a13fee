import { Command } from 'commander';
import { SYSTEM_ACTOR } from '../../kernel/access/actor.js';
import { DomainError } from '../../kernel/errors/domain-error.js';
import { UserAccessService, UserQueryService } from '../../modules/users/index.js';
import { withServices } from '../cli-context.js';

/** Restores access if every administrator is locked out. */
export const userUnlock = new Command('user:unlock')
  .description('Unlock a user who is locked out after wrong passwords')
  .requiredOption('--email <address>', 'the e-mail address of the user')
  .action(async ({ email }: { email: string }) => {
    const user = await withServices(async (find) => {
      const found = await find(UserQueryService).findForSignIn(email);
      if (found === null)
        throw new DomainError('USER_NOT_FOUND', `There is no user with the e-mail ${email}.`);
      return find(UserAccessService).unlock(SYSTEM_ACTOR, found.id, { reason: 'On the command line' });
    });
    process.stdout.write(`Unlocked user ${user.id}, ${user.email}\n`);
  });
