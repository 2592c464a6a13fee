import { Module, OnApplicationBootstrap } from '@nestjs/common';
import { InjectCommander } from 'nest-commander';
import { BackOffice } from './back-office.js';
import { ImportDriversCommand } from './import-drivers.command.js';
import { ImportLeasesCommand } from './import-leases.command.js';
import { ImportLoansCommand } from './import-loans.command.js';
import { LedgerVerifyCommand } from './ledger-verify.command.js';
import { PasswordPrompt } from './password-prompt.js';
import { PostWeekCommand } from './post-week.command.js';
import { SeedCommand } from './seed.command.js';
import { UserCreateCommand } from './user-create.command.js';

/** Each command is one file and one line here. */
const COMMANDS = [
  ImportDriversCommand,
  ImportLeasesCommand,
  ImportLoansCommand,
  LedgerVerifyCommand,
  PostWeekCommand,
  SeedCommand,
  UserCreateCommand,
];

/** The part of commander's Command that is needed here. */
interface Program {
  readonly commands: readonly Program[];
  name(text: string): Program;
  exitOverride(): Program;
}

/** What the command line understands. Nothing here needs the database, so help and usage errors come at once. */
@Module({ providers: [BackOffice, PasswordPrompt, ...COMMANDS] })
export class CommandsModule implements OnApplicationBootstrap {
  constructor(@InjectCommander() private readonly program: Program) {}

  /** Commander would end the process by itself; it shall throw, so that main.ts alone chooses the exit code. */
  onApplicationBootstrap(): void {
    this.program.name('npm run cli --');
    for (const command of [this.program, ...this.program.commands]) command.exitOverride();
  }
}
