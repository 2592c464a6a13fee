import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { DestinationStream } from 'pino';
import { SystemClock } from './platform/clock/system-clock.js';
import type { AppConfig } from './platform/config/app-config.js';
import { loadConfig } from './platform/config/load-config.js';
import { EmbeddedPostgres } from './platform/database/embedded-postgres.js';
import { migrate } from './platform/database/migrate.js';
import { openProcessLog } from './platform/logging/process-log.js';
import type { OwnerAppContext } from './platform/platform.module.js';

export interface OpenAppContext {
  readonly appContext: OwnerAppContext;
  /** The embedded database, and whether this very start has made it; null with DATABASE_URL */
  readonly embedded: { readonly isNew: boolean } | null;
  /** Where the process logs */
  readonly logStream: DestinationStream;
  /** Leaves the database, whose embedded server stops with the last process that leaves it, and ends the log. */
  close(): Promise<void>;
}

interface BootstrapOptions {
  /** Whether a new data directory or an empty database is made ready; without it they are refused and left as they are */
  readonly mayCreate: boolean;
  /** Says on the way how far the start is */
  readonly say: (line: string) => void;
  /** Says that the embedded server was started, joined, left or stopped */
  readonly note?: (line: string) => void;
  /** Looks at the settings before anything is made */
  readonly check?: (config: AppConfig) => Promise<void>;
  /** Where the log is shown, and from which level on, as pino's number */
  readonly console: NodeJS.WriteStream;
  readonly fromLevel: number;
  /** The logger context whose lines also go to a file of the same name */
  readonly filedContext: string;
}

/** Settings, clock, log and a migrated database: what the service and the command line start with. */
export async function openAppContext(options: BootstrapOptions): Promise<OpenAppContext> {
  outliveReaders();
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

/** Whoever reads our output may end before us, such as a log collector: then the lines are lost, and the work goes on. */
function outliveReaders(): void {
  for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);
}

async function openDatabase(
  config: AppConfig,
  { say: log, note, mayCreate }: BootstrapOptions,
): Promise<Omit<OpenAppContext, 'logStream'>> {
  const clock = new SystemClock(config.APP_TIMEZONE, config.CLOCK_NOW);
  const dataDir = path.resolve(config.DATA_DIR);
  const embedded = config.DATABASE_URL
    ? null
    : await EmbeddedPostgres.start({ dataDir, log, note, mustExist: !mayCreate });
  try {
    const { databaseUrl, ownerUrl } = embedded ? addressesOf(embedded) : givenAddresses(config);
    const { steps, wasEmpty } = await migrate(ownerUrl, databaseUrl, { mustExist: !mayCreate });
    if (steps > 0) log(`database brought up to date: ${steps} migrations`);
    const jwtSecret = config.AUTH_JWT_SECRET ?? (await secretOfOurOwn(config, dataDir));
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

/** Where an identity provider's tokens are verified, nothing is signed here, and no file need keep the secret. */
async function secretOfOurOwn({ AUTH_JWKS_URL }: AppConfig, dataDir: string): Promise<string> {
  return AUTH_JWKS_URL === undefined ? keptSecret(dataDir) : newSecret();
}

function newSecret(): string {
  return randomBytes(48).toString('base64url');
}

/** The embedded mode's signing key: made once, so that a restart does not sign everybody out. */
async function keptSecret(dataDir: string): Promise<string> {
  const file = path.join(dataDir, 'jwt.secret');
  await mkdir(dataDir, { recursive: true });
  await writeFile(file, newSecret(), { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return readFile(file, 'utf8');
}
