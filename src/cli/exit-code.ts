import { inspect } from 'node:util';
import { explainError } from '../explain-error.js';
import { UsageError } from './usage-error.js';

/** 0: success; 1: rejected or failed; 2: usage error. */
type ExitCode = 0 | 1 | 2;

export interface Outcome {
  readonly exitCode: ExitCode;
  /** The text for stderr; null if it has already been printed. */
  readonly text: string | null;
}

/** The exit code and message for an error: one clear sentence, and a stack trace only for a bug in this program. */
export function outcomeOf(error: unknown): Outcome {
  if (isFromCommander(error)) return { exitCode: error.exitCode === 0 ? 0 : 2, text: null };
  if (error instanceof UsageError) return { exitCode: 2, text: `error: ${error.message}` };
  const sentence = explainError(error);
  return { exitCode: 1, text: sentence === null ? inspect(error) : `error: ${sentence}` };
}

/** Commander throws such an error also after --help (exit code 0). It has already printed its own message. */
function isFromCommander(error: unknown): error is { readonly exitCode: number } {
  return (
    error instanceof Error && 'exitCode' in error && /^commander\./.test(String(Reflect.get(error, 'code')))
  );
}
