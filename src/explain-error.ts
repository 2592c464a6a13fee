import { DemoUsersError, IncompleteSeedError } from './demo/seed-demo.js';
import { DomainError } from './kernel/errors/domain-error.js';
import { ConfigError } from './platform/config/load-config.js';
import { databaseFault, isDatabaseUnavailable } from './platform/database/database-unavailable.js';
import { EmbeddedPostgresError } from './platform/database/embedded/embedded-postgres-error.js';
import { ListenError } from './platform/http/listen.js';

/** Errors whose message is written for the user at the terminal */
const EXPLAINED = [
  ConfigError,
  DemoUsersError,
  DomainError,
  EmbeddedPostgresError,
  IncompleteSeedError,
  ListenError,
];

/** One sentence about an error that the user can correct; null for a bug in this program. */
export function explainError(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if (EXPLAINED.some((kind) => error instanceof kind)) return error.message;
  if (databaseFault(error)) return `The database fails: ${error.message}`;
  if (isDatabaseUnavailable(error))
    return `The database does not answer: ${error.message || 'no connection'}`;
  return null;
}
