import { DataSource } from 'typeorm';
import { SYSTEM_ACTOR } from '../../src/kernel/access/actor.js';
import { UserCreationService } from '../../src/modules/users/index.js';
import { runCommand } from '../support/command-line.js';
import { startServer } from '../support/server-process.js';
import type { ServerProcess } from '../support/server-process.js';
import { SIGNING_KEY } from '../support/signing-key.js';
import { startTestApp } from '../support/test-app.js';
import type { TestDatabase } from '../support/test-database.js';
import { createTestDatabase } from '../support/test-database.js';

const NOW = '2025-11-10T09:00:00-05:00';

let database: TestDatabase;
let servers: ServerProcess[] = [];

/** Starts a production process with the settings of the test. */
function start(env: Record<string, string> = {}): ServerProcess {
  const production = { NODE_ENV: 'production', CLOCK_NOW: '', AUTH_JWT_SECRET: SIGNING_KEY };
  const server = startServer(database.url, NOW, { ...production, ...env });
  servers.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(servers.map((server) => server.end('SIGKILL')));
  servers = [];
  await database.drop();
});

describe('a production process', () => {
  beforeEach(async () => {
    database = await createTestDatabase();
  });

  it.each([
    ['no secret', { AUTH_JWT_SECRET: '' }, 'AUTH_JWT_SECRET must be set together with DATABASE_URL'],
    [
      'the example secret',
      { AUTH_JWT_SECRET: 'at-least-32-random-characters-here' },
      'AUTH_JWT_SECRET can be',
    ],
    ['no database', { DATABASE_URL: '' }, 'DATABASE_URL must be set if NODE_ENV is production.'],
    ['a fixed clock', { CLOCK_NOW: NOW }, 'CLOCK_NOW is for demos and tests'],
  ])('does not start with %s', async (_, env, sentence) => {
    const server = start(env);
    expect(await server.ended).toBe(1);
    expect(server.output()).toContain(sentence);
  });

  it('does not start on a database with an active demo user', async () => {
    const app = await startTestApp({ databaseUrl: database.url });
    const { id } = await app.get(UserCreationService).register(SYSTEM_ACTOR, {
      email: 'manager@demo.local',
      name: 'Manuel Manager',
      password: 'driver-loans-demo',
      isDemo: true,
      roles: ['MANAGER'],
    });
    const server = start();
    expect(await server.ended).toBe(1);
    expect(server.output()).toMatch(/^The database has the active demo user manager@demo\.local\. .*\.$/m);

    await app.db.query('UPDATE users SET is_active = false WHERE id = $1', [id]);
    await app.close();
    expect(await start().url()).toMatch(/^http/);
  });
});

describe('the database role of a production process', () => {
  const WARNING =
    'SECURITY: the database role driver_loans of DATABASE_URL owns audit_log or is a superuser.';

  it('causes a warning with a reference to the documentation if it owns the tables', async () => {
    database = await createTestDatabase();
    const server = start({ DATABASE_URL: database.ownerUrl });
    await server.url();
    expect(server.output()).toContain(WARNING);
    expect(server.output()).toContain('docs/operations.md');
  });

  it('causes a warning if it may change the audit log without owning it', async () => {
    database = await createTestDatabase();
    const owner = await new DataSource({ type: 'postgres', url: database.ownerUrl }).initialize();
    await owner.query('GRANT UPDATE ON audit_log TO driver_loans_service');
    await owner.destroy();
    const server = start();
    await server.url();
    expect(server.output()).toContain(
      'SECURITY: the database role driver_loans_service of DATABASE_URL may change audit_log.',
    );
  });

  it('causes no warning if it is restricted and the migrate command has run', async () => {
    database = await createTestDatabase('template1');
    const migrated = await runCommand(database.url, ['migrate'], {
      DATABASE_MIGRATION_URL: database.ownerUrl,
    });
    expect(migrated).toMatchObject({ exitCode: 0, stdout: 'The database is up to date\n' });
    const server = start();
    const ready = await fetch(`${await server.url()}/health/ready`);
    expect(ready.status).toBe(200);
    expect(server.output()).not.toContain('SECURITY');
  });

  it('prevents the start if it cannot run pending migrations', async () => {
    database = await createTestDatabase('template1');
    const server = start();
    expect(await server.ended).toBe(1);
    expect(server.output()).toContain('cannot run the migrations: set DATABASE_MIGRATION_URL');
  });
});

describe('two processes that start at once on an empty database', () => {
  it('run the migrations once, and both become ready', async () => {
    database = await createTestDatabase('template1');
    const owner = { DATABASE_MIGRATION_URL: database.ownerUrl };
    const urls = await Promise.all([start(owner), start(owner)].map((server) => server.url()));
    const ready = await Promise.all(urls.map((url) => fetch(`${url}/health/ready`)));
    expect(ready.map(({ status }) => status)).toEqual([200, 200]);
    const migrated = servers.filter((server) => server.output().includes('database migrated'));
    expect(migrated).toHaveLength(1);
    const db = await new DataSource({ type: 'postgres', url: database.ownerUrl }).initialize();
    const ran = await db.query<{ name: string }[]>('SELECT name FROM schema_migrations');
    await db.destroy();
    expect(new Set(ran.map(({ name }) => name)).size).toBe(ran.length);
  });
});
