import { inspect } from 'node:util';
import { DomainError } from '../kernel/errors/domain-error.js';
import { ConfigError } from '../platform/config/load-config.js';
import { databaseFault, isDatabaseAway } from '../platform/database/database-away.js';
import { UsageError } from './usage-error.js';

/** 0 done, 1 refused or failed, 2 not called as the help says. */
type ExitCode = 0 | 1 | 2;

export interface Ending {
  readonly exitCode: ExitCode;
  /** For stderr; null where it was said already. */
  readonly text: string | null;
}

/** How the command line ends after an error: one clear sentence, and a stack only where the fault is ours. */
export function endingOf(error: unknown): Ending {
  if (isFromCommander(error)) return { exitCode: error.exitCode === 0 ? 0 : 2, text: null };
  if (error instanceof UsageError) return { exitCode: 2, text: `error: ${error.message}` };
  if (error instanceof DomainError || error instanceof ConfigError) {
    return { exitCode: 1, text: `error: ${error.message}` };
  }
  if (databaseFault(error))
    return { exitCode: 1, text: `error: The database fails: ${(error as Error).message}` };
  if (isDatabaseAway(error))
    return { exitCode: 1, text: 'error: The database is away; try again in a moment.' };
  return { exitCode: 1, text: inspect(error) };
}

/** Commander ends a run by such an error, also after --help (exit code 0), and has printed its own sentence. */
function isFromCommander(error: unknown): error is { readonly exitCode: number } {
  return (
    error instanceof Error && 'exitCode' in error && /^commander\./.test(String(Reflect.get(error, 'code')))
  );
}
