import { once } from 'node:events';
import http from 'node:http';
import { LedgerVerificationService } from '../../src/modules/ledger/integrity/ledger-verification.service.js';
import { waitForNoOpenStream } from '../support/open-streams.js';
import { expectProblem } from '../support/problem.js';
import { seedDueInstallments } from '../support/seed-due-installments.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import { waitFor } from '../support/wait-for.js';

// each verification reads 36,000 records, which takes seconds on a busy machine
let app: TestApp;
let origin: string;

/** With a pool of five connections there are three slots, two of them per user. */
async function start(idleSeconds: number): Promise<void> {
  app = await startTestApp({ env: { DOWNLOAD_IDLE_SECONDS: String(idleSeconds) } });
  await seedDueInstallments(app.db, { loans: 6_000, installments: 5, startWeek: '2025-11-02' });
  await app.app.listen(0, '127.0.0.1');
  origin = (await app.app.getUrl()).replace('[::1]', '127.0.0.1');
}

afterAll(() => app.close());

/** Begins a download without reading it. */
async function beginDownload(role: 'FINANCE' | 'MANAGER'): Promise<http.IncomingMessage> {
  const authorization = `Bearer ${await app.as(role).accessToken()}`;
  const url = `${origin}/api/v1/loans/installments/export/csv`;
  const request = http.get(url, { headers: { authorization }, agent: false });
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  expect(answer.statusCode).toBe(200);
  return answer;
}

const waitUntilServed = (role: 'FINANCE' | 'MANAGER') =>
  waitFor('a slot is free', async () =>
    (await app.as(role).get('/ledger/verify')).status === 200 ? true : null,
  );

describe('expensive requests of one user', () => {
  beforeAll(() => start(900));
  it('leave slots for other users, and connections for other requests', async () => {
    const open = await Promise.all([beginDownload('FINANCE'), beginDownload('FINANCE')]);
    for (const path of ['/loans/export/csv', '/ledger/verify', '/loans/DL-2025-0001/agreement.pdf']) {
      const rejected = await app.as('FINANCE').get(path);
      expectProblem(rejected, 429, 'TOO_MANY_HEAVY_REQUESTS');
      expect(rejected.headers['retry-after']).toBe('5');
    }
    open.push(await beginDownload('MANAGER'));
    const refused = await app.as('MANAGER').get('/ledger/verify');
    expectProblem(refused, 503, 'HEAVY_REQUESTS_BUSY');
    expect(refused.headers['retry-after']).toBe('5');
    expect((await app.as('FINANCE').get('/loans')).status).toBe(200);
    open.forEach((answer) => answer.destroy());
    await waitForNoOpenStream(app.db);
    await waitUntilServed('FINANCE');
  });

  it.each(['answered', 'refused'])('release their slot after a request: %s', async (end) => {
    if (end === 'refused') {
      jest.spyOn(LedgerVerificationService.prototype, 'verify').mockRejectedValue(new Error('fails'));
    }
    for (let request = 0; request < 4; request += 1) {
      const { status } = await app.as('FINANCE').get('/ledger/verify');
      expect(status).toBe(end === 'refused' ? 500 : 200);
    }
    jest.restoreAllMocks();
    expect((await app.as('FINANCE').get('/ledger/verify')).status).toBe(200);
  });
});

describe('a download that its client does not read', () => {
  beforeAll(async () => {
    await app.close();
    await start(1);
  });

  it('is ended after DOWNLOAD_IDLE_SECONDS and releases its slot and connection', async () => {
    const answers = await Promise.all([beginDownload('FINANCE'), beginDownload('FINANCE')]);
    await waitForNoOpenStream(app.db);
    await waitUntilServed('FINANCE');
    for (const answer of answers) {
      const read = async (): Promise<void> => {
        for await (const chunk of answer) void chunk;
      };
      await expect(read()).rejects.toThrow('aborted');
    }
  });
});
