import { inspect } from 'node:util';
import { explainError } from '../explain-error.js';
import { UsageError } from './usage-error.js';

/** 0 done, 1 refused or failed, 2 not called as the help says. */
type ExitCode = 0 | 1 | 2;

export interface Outcome {
  readonly exitCode: ExitCode;
  /** For stderr; null where it was said already. */
  readonly text: string | null;
}

/** How the command line ends after an error: one clear sentence, and a stack only where the fault is ours. */
export function outcomeOf(error: unknown): Outcome {
  if (isFromCommander(error)) return { exitCode: error.exitCode === 0 ? 0 : 2, text: null };
  if (error instanceof UsageError) return { exitCode: 2, text: `error: ${error.message}` };
  const sentence = explainError(error);
  return { exitCode: 1, text: sentence === null ? inspect(error) : `error: ${sentence}` };
}

/** Commander ends a run by such an error, also after --help (exit code 0), and has printed its own sentence. */
function isFromCommander(error: unknown): error is { readonly exitCode: number } {
  return (
    error instanceof Error && 'exitCode' in error && /^commander\./.test(String(Reflect.get(error, 'code')))
  );
}
