import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { importCharges, importDrivers, importLeases, importLoans } from './commands/import.command.js';
import { ledgerVerify } from './commands/ledger-verify.command.js';
import { migrate } from './commands/migrate.command.js';
import { requireFlagsFromNpm } from './npm-flags.js';
import { postWeek } from './commands/post-week.command.js';
import { seed } from './commands/seed.command.js';
import { settle } from './commands/settle.command.js';
import { userCreate } from './commands/user-create.command.js';
import { userUnlock } from './commands/user-unlock.command.js';

/** A command opens the database only when it runs, so help and usage errors appear immediately. */
const COMMANDS = [
  importDrivers,
  importLeases,
  importLoans,
  importCharges,
  ledgerVerify,
  migrate,
  postWeek,
  seed,
  settle,
  userCreate,
  userUnlock,
];

/** As seen from the built file, dist/src/cli/program.js. */
const MANIFEST = path.resolve(import.meta.dirname, '../../../package.json');

/** Runs the command of the arguments. Throws instead of ending the process: only main.ts sets the exit code. */
export async function runProgram(args: readonly string[], env: Readonly<NodeJS.ProcessEnv>): Promise<void> {
  const program = new Command('npm run cli --').version(versionIn(MANIFEST), '--version').exitOverride();
  for (const command of COMMANDS) program.addCommand(command.exitOverride());
  const called = COMMANDS.find((command) => command.name() === args[0]);
  const flags = (called?.options ?? []).flatMap(({ long }) => long ?? []);
  requireFlagsFromNpm(env, args, flags);
  await program.parseAsync(args, { from: 'user' });
}

function versionIn(manifest: string): string {
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}
