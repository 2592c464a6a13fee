import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { DestinationStream } from 'pino';
import { counted } from './kernel/text/sentence.js';
import { SystemClock } from './platform/clock/system-clock.js';
import type { AppConfig } from './platform/config/app-config.js';
import { loadConfig } from './platform/config/load-config.js';
import { EmbeddedPostgres } from './platform/database/embedded-postgres.js';
import { migrate } from './platform/database/migrate.js';
import { openProcessLog } from './platform/logging/process-log.js';
import type { OwnerAppContext } from './platform/platform.module.js';

export interface OpenAppContext {
  readonly appContext: OwnerAppContext;
  /** The embedded database, and whether this start has created it; null with DATABASE_URL */
  readonly embedded: { readonly isNew: boolean } | null;
  /** The destination of the log */
  readonly logStream: DestinationStream;
  /** Releases the database and closes the log. The embedded server stops when the last process has released it. */
  close(): Promise<void>;
}

interface BootstrapOptions {
  /**
   * Whether a new data directory or an empty database may be initialized; otherwise it is rejected and left unchanged
   */
  readonly mayCreate: boolean;
  /** Prints the progress of the start */
  readonly print: (line: string) => void;
  /** Prints that the embedded server was started, shared, released or stopped */
  readonly note?: (line: string) => void;
  /** Checks the settings before anything is created */
  readonly check?: (config: AppConfig) => Promise<void>;
  /** The stream that shows the log, and the lowest level that it shows, as pino's number */
  readonly console: NodeJS.WriteStream;
  readonly fromLevel: number;
  /** The logger context whose lines also go to a file of the same name */
  readonly fileContext: string;
}

/** Opens what the service and the command line need: settings, clock, log and a migrated database. */
export async function openAppContext(options: BootstrapOptions): Promise<OpenAppContext> {
  ignoreOutputErrors();
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = loadConfig(process.env);
  await options.check?.(config);
  const processLog = openProcessLog(config, options);
  try {
    const opened = await openDatabase(config, options);
    return {
      ...opened,
      logStream: processLog.stream,
      async close() {
        await opened.close();
        await processLog.close();
      },
    };
  } catch (error) {
    await processLog.close();
    throw error;
  }
}

/**
 * The reader of the output, for example a log collector, may end before this process. Its lines are lost, but the work
 * continues.
 */
function ignoreOutputErrors(): void {
  for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);
}

async function openDatabase(
  config: AppConfig,
  { print: log, note, mayCreate }: BootstrapOptions,
): Promise<Omit<OpenAppContext, 'logStream'>> {
  const clock = new SystemClock(config.APP_TIMEZONE, config.CLOCK_NOW);
  const dataDir = path.resolve(config.DATA_DIR);
  const embedded = config.DATABASE_URL
    ? null
    : await EmbeddedPostgres.start({ dataDir, log, note, mustExist: !mayCreate });
  try {
    const { databaseUrl, ownerUrl } = embedded ? addressesOf(embedded) : givenAddresses(config);
    const { steps, wasEmpty } = await migrate(ownerUrl, databaseUrl, { mustExist: !mayCreate });
    if (steps > 0) log(`database migrated: ${counted(steps, 'migration')}`);
    const jwtSecret = config.AUTH_JWT_SECRET ?? (await ownJwtSecret(config, dataDir));
    return {
      appContext: { config, clock, databaseUrl, ownerUrl, jwtSecret },
      embedded: embedded && { isNew: wasEmpty },
      close: async () => embedded?.stop(),
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

type Addresses = Pick<OwnerAppContext, 'databaseUrl' | 'ownerUrl'>;

const addressesOf = ({ url, ownerUrl }: EmbeddedPostgres): Addresses => ({ databaseUrl: url, ownerUrl });

function givenAddresses({
  DATABASE_URL: url = '',
  DATABASE_MIGRATION_URL: ownerUrl = url,
}: AppConfig): Addresses {
  return { databaseUrl: url, ownerUrl };
}

/** With an identity provider, the service signs no tokens, so the secret need not be stored. */
async function ownJwtSecret({ AUTH_JWKS_URL }: AppConfig, dataDir: string): Promise<string> {
  return AUTH_JWKS_URL === undefined ? storedSecret(dataDir) : newSecret();
}

function newSecret(): string {
  return randomBytes(48).toString('base64url');
}

/** The signing key of the embedded mode. It is created once, so that a restart does not sign users out. */
async function storedSecret(dataDir: string): Promise<string> {
  const file = path.join(dataDir, 'jwt.secret');
  await mkdir(dataDir, { recursive: true });
  await writeFile(file, newSecret(), { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return readFile(file, 'utf8');
}
