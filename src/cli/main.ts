import 'reflect-metadata';
import { CommandFactory } from 'nest-commander';
import { CommandsModule } from './commands.module.js';
import { endingOf } from './ending.js';
import { StderrLogger } from './stderr-logger.js';

/** What people asked for goes to stdout, everything else to stderr; nest-commander itself would always exit 0. */
function end(error: unknown): void {
  const { exitCode, text } = endingOf(error);
  process.exitCode = exitCode;
  if (text !== null) process.stderr.write(`${text}\n`);
}

try {
  await CommandFactory.run(CommandsModule.forRoot(process.env), {
    logger: new StderrLogger({ logLevels: ['fatal', 'error', 'warn'] }),
    abortOnError: false,
    serviceErrorHandler: end,
  });
} catch (error) {
  end(error);
}
