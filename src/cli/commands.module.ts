import { DynamicModule, Inject, Module, OnApplicationBootstrap } from '@nestjs/common';
import { InjectCommander } from 'nest-commander';
import { BackOffice } from './back-office.js';
import { ImportDriversCommand } from './import-drivers.command.js';
import { ImportLeasesCommand } from './import-leases.command.js';
import { ImportLoansCommand } from './import-loans.command.js';
import { LedgerVerifyCommand } from './ledger-verify.command.js';
import { MigrateCommand } from './migrate.command.js';
import { requireFlagsFromNpm } from './npm-flags.js';
import { PasswordPrompt } from './password-prompt.js';
import { PostWeekCommand } from './post-week.command.js';
import { SeedCommand } from './seed.command.js';
import { UserCreateCommand } from './user-create.command.js';
import { UserUnlockCommand } from './user-unlock.command.js';

/** Each command is one file and one line here. */
const COMMANDS = [
  ImportDriversCommand,
  ImportLeasesCommand,
  ImportLoansCommand,
  LedgerVerifyCommand,
  MigrateCommand,
  PostWeekCommand,
  SeedCommand,
  UserCreateCommand,
  UserUnlockCommand,
];

const ENVIRONMENT = Symbol('the environment of the process');

/** The part of commander's Command that is needed here. */
interface Program {
  readonly commands: readonly Program[];
  readonly options: readonly { readonly long?: string }[];
  name(): string;
  name(text: string): Program;
  exitOverride(): Program;
  allowExcessArguments(isAllowed: boolean): Program;
}

/** What the command line understands. Nothing here needs the database, so help and usage errors come at once. */
@Module({ providers: [BackOffice, PasswordPrompt, ...COMMANDS] })
export class CommandsModule implements OnApplicationBootstrap {
  constructor(
    @InjectCommander() private readonly program: Program,
    @Inject(ENVIRONMENT) private readonly env: NodeJS.ProcessEnv,
  ) {}

  static forRoot(env: NodeJS.ProcessEnv): DynamicModule {
    return { module: CommandsModule, providers: [{ provide: ENVIRONMENT, useValue: env }] };
  }

  /** Makes commander throw instead of ending the process, so that main.ts alone chooses the exit code. */
  onApplicationBootstrap(): void {
    this.program.name('npm run cli --');
    for (const command of [this.program, ...this.program.commands]) {
      command.exitOverride();
      // a forgotten dash, as in `post-week dry-run`, must not run the command without the flag
      command.allowExcessArguments(false);
    }
    const args = process.argv.slice(2);
    const called = this.program.commands.find((command) => command.name() === args[0]);
    const flags = (called?.options ?? []).flatMap(({ long }) => long ?? []);
    requireFlagsFromNpm(this.env, args, flags);
  }
}
