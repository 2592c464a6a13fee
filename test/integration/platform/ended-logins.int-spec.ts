import { withAdvisoryLock } from '../../../src/platform/database/advisory-lock.js';
import { isDatabaseUnavailable } from '../../../src/platform/database/database-unavailable.js';
import { migrate } from '../../../src/platform/database/migrate.js';
import { TcpProxy } from '../../support/tcp-proxy.js';
import { expectProblem } from '../../support/problem.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestDatabase } from '../../support/test-database.js';
import { createTestDatabase } from '../../support/test-database.js';

let database: TestDatabase;
let proxy: TcpProxy;
let app: TestApp;

beforeAll(async () => {
  database = await createTestDatabase();
  proxy = await TcpProxy.to(database.url);
  app = await startTestApp({ databaseUrl: proxy.url });
  await app.as('ADMIN').accessToken();
});

afterAll(async () => {
  await app?.close();
  await proxy?.stop();
  await database?.drop();
});

beforeEach(async () => {
  await proxy.stop();
  proxy.terminateLogins();
  await proxy.start();
});

afterEach(() => proxy.allowLogins());

describe('a connection that the server terminates in the packet that completes its login', () => {
  it('makes every request fail with 503 and leaves the process alive', async () => {
    const admin = app.as('ADMIN');
    const answers = await Promise.all([
      admin.get('/drivers'),
      admin.post('/drivers', { tlc_license_number: 'T900001', first_name: 'Ada', last_name: 'Late' }),
      admin.get('/loans/export/csv'),
      admin.get('/ledger/verify'),
      app.anonymous.post('/auth/login', { email: 'a@b.example', password: 'whatever' }),
    ]);
    for (const answer of answers) {
      expectProblem(answer, 503, 'DATABASE_UNAVAILABLE');
      expect(answer.headers['retry-after']).toBe('5');
    }
    proxy.allowLogins();
    expect((await admin.get('/drivers')).status).toBe(200);
  });

  it('makes the migrations fail and leaves the process alive', async () => {
    const failure: unknown = await migrate(proxy.url).catch((error: unknown) => error);
    expect(isDatabaseUnavailable(failure)).toBe(true);
  });

  it('makes the work under an advisory lock fail before it starts and leaves the process alive', async () => {
    const work = jest.fn();
    const failure: unknown = await withAdvisoryLock(proxy.url, 1, work).catch((error: unknown) => error);
    expect(isDatabaseUnavailable(failure)).toBe(true);
    expect(work).not.toHaveBeenCalled();
  });
});
