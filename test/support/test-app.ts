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
  /** Where the clock starts: an instant with its offset. Without it, Wednesday, October 29, 2025. */
  readonly now?: string;
  /** Settings by the names of their variables, over those of the tests. */
  readonly env?: Readonly<Record<string, string>>;
  /** A database that the test made itself, such as one that two replicas share. It stays after close(). */
  readonly databaseUrl?: string;
  /** The owner of the tables of such a database, where it is not on the tests' own server. */
  readonly ownerUrl?: string;
  /** Starts the scheduled jobs, as main.ts does; else they run only when the test calls their tick(). */
  readonly withCron?: boolean;
  /** Gets every line of the log; set LOG_LEVEL too. One application of a test process at most. */
  readonly onLogLine?: (line: string) => void;
}

export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly clock: MutableClock;
  /** Where the service is connected to, as its own role. */
  readonly databaseUrl: string;
  /** For set-up and assertions by SQL: as the owner of the tables, who may do what the service cannot. */
  readonly db: DataSource;
  /** A provider of any module. */
  get<T>(token: Type<T> | (abstract new (...parameters: never[]) => T) | string | symbol): T;
  /** Signed in as a user with this one role. The user is made at the first request. */
  as(role: Role): ApiClient;
  readonly anonymous: ApiClient;
  /** Ends the application and, where it was made for it, the database. Call it in afterAll. */
  close(): Promise<void>;
}

/** No test shall meet a limit that it does not set itself. */
export const UNLIMITED = {
  RATE_LIMIT_PER_MINUTE: '1000000',
  RATE_LIMIT_PER_HOUR: '1000000',
  RATE_LIMIT_ADDRESS_PER_MINUTE: '1000000',
  RATE_LIMIT_LOGIN_PER_MINUTE: '1000000',
};
/** Of every user that `as` makes. */
export const TEST_PASSWORD = 'correct horse battery staple';
const ignore = (): void => undefined;
/** Two applications on one database each make users of their own. */
let accounts = 0;

/** The whole application on a database of its own, as main.ts runs it but for the port and the clock. */
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
    // its connections would keep the tests from ending
    await app.close();
    throw error;
  }
  return { app, clock };
}

/** The token of a user with the role, who is registered and signs in when the first request asks for it. */
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
