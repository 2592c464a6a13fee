import { Command, CommandRunner, Option } from 'nest-commander';
import { SYSTEM_ACTOR } from '../kernel/access/actor.js';
import { DomainError } from '../kernel/errors/domain-error.js';
import { UserAccessService, UserQueryService } from '../modules/users/index.js';
import { BackOffice } from './back-office.js';

interface UserUnlockOptions {
  readonly email: string;
}

/** The way back in where every administrator is locked out. */
@Command({ name: 'user:unlock', description: 'Forget the wrong passwords that lock a user out' })
export class UserUnlockCommand extends CommandRunner {
  constructor(private readonly backOffice: BackOffice) {
    super();
  }

  override async run(_arguments: string[], { email }: UserUnlockOptions): Promise<void> {
    const user = await this.backOffice.open(async (find) => {
      const found = await find(UserQueryService).findForSignIn(email);
      if (found === null)
        throw new DomainError('USER_NOT_FOUND', `There is no user with the e-mail ${email}.`);
      return find(UserAccessService).unlock(SYSTEM_ACTOR, found.id, { reason: 'On the command line' });
    });
    process.stdout.write(`Unlocked user ${user.id}, ${user.email}\n`);
  }

  @Option({ flags: '--email <address>', description: 'the e-mail of the user', required: true })
  parseEmail(text: string): string {
    return text;
  }
}
