import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { outcomeOf } from './exit-code.js';
import { runProgram } from './program.js';
import { StderrLogger } from './stderr-logger.js';

// stdout is only for the result of the command; logs and errors go to stderr.
Logger.overrideLogger(new StderrLogger({ logLevels: ['fatal', 'error', 'warn'] }));
try {
  await runProgram(process.argv.slice(2), process.env);
} catch (error) {
  const { exitCode, text } = outcomeOf(error);
  process.exitCode = exitCode;
  if (text !== null) process.stderr.write(`${text}\n`);
}
