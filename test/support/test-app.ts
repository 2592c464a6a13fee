import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { AppModule } from '../../src/app.module.js';
import { configureApp, createAdapter } from '../../src/configure-app.js';
import { SYSTEM_ACTOR } from '../../src/kernel/access/actor.js';
import { UserCreationService } from '../../src/modules/users/index.js';
import type { Role } from '../../src/modules/users/index.js';
import { loadConfig } from '../../src/platform/config/load-config.js';
import { ScheduledJobs } from '../../src/platform/scheduling/scheduled-jobs.js';
import { ApiClient } from './api-client.js';
import { MutableClock } from './mutable-clock.js';
import { SIGNING_KEY } from './signing-key.js';
import { asOwnerUrl, createTestDatabase } from './test-database.js';

export interface TestAppOptions {
  /** The start of the clock: an instant with its offset. By default a Wednesday in October 2025, as in the documents. */
  readonly now?: string;
  /** Environment variables that override those of the tests. */
  readonly env?: Readonly<Record<string, string>>;
  /** A database that the test created, such as one that two replicas share. close() does not drop it. */
  readonly databaseUrl?: string;
  /** The owner of the tables of such a database if it is on another server. */
  readonly ownerUrl?: string;
  /** Starts the scheduled jobs like main.ts. Otherwise they run only when the test calls tick(). */
  readonly withCron?: boolean;
  /** Receives every log line. Requires LOG_LEVEL. At most one application in a test process can use it. */
  readonly onLogLine?: (line: string) => void;
}

export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly clock: MutableClock;
  /** The database URL of the service role. */
  readonly databaseUrl: string;
  /** For set-up and assertions by SQL, as the owner of the tables. */
  readonly db: DataSource;
  /** Returns a provider of any module. */
  get<T>(token: Type<T> | (abstract new (...parameters: never[]) => T) | string | symbol): T;
  /** A client that is signed in as a user with this role. The first request creates the user. */
  as(role: Role): ApiClient;
  readonly anonymous: ApiClient;
  /** Closes the application and drops the database if it was created for it. Call it in afterAll. */
  close(): Promise<void>;
}

/** High rate limits, so that a test only reaches limits that it sets itself. */
export const UNLIMITED = {
  RATE_LIMIT_PER_MINUTE: '1000000',
  RATE_LIMIT_PER_HOUR: '1000000',
  RATE_LIMIT_ADDRESS_PER_MINUTE: '1000000',
  RATE_LIMIT_LOGIN_PER_MINUTE: '1000000',
};
/** The password of every user that `as` creates. */
export const TEST_PASSWORD = 'correct horse battery staple';
const ignore = (): void => undefined;
/** Two applications on one database each create their own users. */
let accounts = 0;

/** The whole application on its own database, as main.ts runs it except for the port and the clock. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = options.databaseUrl ? null : await createTestDatabase();
  const databaseUrl = options.databaseUrl ?? database?.url ?? '';
  const { app, clock } = await boot(options, databaseUrl);
  const db = await new DataSource({
    type: 'postgres',
    url: options.ownerUrl ?? asOwnerUrl(databaseUrl),
    poolSize: 5,
  }).initialize();
  const get: TestApp['get'] = (token) => app.get(token, { strict: false });
  const anonymous = new ApiClient(app, () => Promise.resolve(null));
  const clients = new Map<Role, ApiClient>();
  return {
    app,
    clock,
    databaseUrl,
    db,
    get,
    as(role) {
      const client =
        clients.get(role) ?? new ApiClient(app, signInOnce(get(UserCreationService), anonymous, role));
      clients.set(role, client);
      return client;
    },
    anonymous,
    async close() {
      await app.close();
      await db.destroy();
      await database?.drop();
    },
  };
}

async function boot(
  options: TestAppOptions,
  databaseUrl: string,
): Promise<{ app: NestFastifyApplication; clock: MutableClock }> {
  const config = loadConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: databaseUrl,
    DATABASE_POOL_SIZE: '5',
    DATABASE_POOL_OVERFLOW: '0',
    ...UNLIMITED,
    AUTH_JWT_SECRET: SIGNING_KEY,
    ...options.env,
  });
  const clock = new MutableClock(options.now ?? '2025-10-29T09:00:00-04:00', config.APP_TIMEZONE);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(
      { config, clock, databaseUrl, jwtSecret: SIGNING_KEY },
      { write: options.onLogLine ?? ignore },
    ),
    createAdapter(config),
    { logger: false, abortOnError: false },
  );
  try {
    configureApp(app, config);
    if (options.onLogLine) app.useLogger(app.get(Logger));
    await app.init();
    if (options.withCron) app.get(ScheduledJobs).start();
  } catch (error) {
    // its open connections would prevent the tests from exiting
    await app.close();
    throw error;
  }
  return { app, clock };
}

/** The token of a user with this role. The first request registers the user and signs in. */
function signInOnce(users: UserCreationService, anonymous: ApiClient, role: Role): () => Promise<string> {
  let token: Promise<string> | undefined;
  const signIn = async (): Promise<string> => {
    accounts += 1;
    const email = `${role.toLowerCase()}.${accounts}@tests.example`;
    await users.register(SYSTEM_ACTOR, {
      email,
      name: `The tests' ${role}`,
      password: TEST_PASSWORD,
      roles: [role],
    });
    const answer = await anonymous.post<{ access_token: string }>('/auth/login', {
      email,
      password: TEST_PASSWORD,
    });
    if (answer.status !== 200) throw new Error(`${email} cannot sign in: ${JSON.stringify(answer.body)}`);
    return answer.body.access_token;
  };
  return () => (token ??= signIn());
}
