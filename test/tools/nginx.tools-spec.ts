import { once } from 'node:events';
import http from 'node:http';
import type { ImportReportResponse } from '../../src/platform/import/import-report.response.js';
import type { AuditEntryResponse } from '../../src/modules/audit/entries/audit-entry.response.js';
import { aDriver } from '../support/factories.js';
import type { Nginx } from '../support/nginx.js';
import { startNginx } from '../support/nginx.js';
import { openStreams } from '../support/open-streams.js';
import { seedDueInstallments } from '../support/seed-due-installments.js';
import { startTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

/** The default of IMPORT_MAX_BYTES */
const LARGEST_UPLOAD = 52_428_800;

let app: TestApp;
let nginx: Nginx;
let authorization: string;

beforeAll(async () => {
  app = await startTestApp({ env: { TRUST_PROXY: '127.0.0.1' } });
  await app.app.listen(0, '127.0.0.1');
  nginx = await startNginx(new URL(await app.app.getUrl()).port);
  authorization = `Bearer ${await app.as('FINANCE').accessToken()}`;
});

afterAll(async () => {
  await nginx?.stop();
  await app?.close();
});

const headers = (more: Readonly<Record<string, string>> = {}) => ({
  authorization,
  ...more,
});

const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${nginx.url}/api/v1${path}`, { ...init, headers: headers(init.headers as Record<string, string>) });

describe('the service behind the nginx of docs/integration.md, which compresses', () => {
  it('ends an interrupted export in an error, and delivers a complete one completely', async () => {
    await seedDueInstallments(app.db, { loans: 6_000, installments: 5, startWeek: '2025-11-02' });
    const whole = await (await ask('/loans/installments/export/csv')).text();
    expect(whole.trimEnd().split('\n').length).toBeGreaterThan(30_000);

    const request = http.get(`${nginx.url}/api/v1/loans/installments/export/csv`, { headers: headers() });
    const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
    await once(answer, 'readable');
    const [backend] = await openStreams(app.db);
    await app.db.query('SELECT pg_terminate_backend($1)', [backend?.pid]);
    const read = async (): Promise<void> => {
      for await (const chunk of answer) void chunk;
    };
    await expect(read()).rejects.toThrow(/^aborted$|ECONNRESET/);
  });

  it('accepts a change with the ETag of the response', async () => {
    const { id } = await aDriver(app);
    const found = await ask(`/drivers/${id}`);
    expect(found.headers.get('content-encoding')).toBe('gzip');
    const tag = found.headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\//);
    const change = (): Promise<Response> =>
      ask(`/drivers/${id}`, {
        method: 'PATCH',
        headers: { 'if-match': tag, 'content-type': 'application/json' },
        body: JSON.stringify({ phone: '212-555-0142' }),
      });
    expect((await change()).status).toBe(200);
    expect((await change()).status).toBe(412);
  });

  it('records the address of the caller in the audit log, neither a forged one nor that of nginx', async () => {
    const body = JSON.stringify({ tlc_license_number: '5099001', first_name: 'Ada', last_name: 'Lee' });
    const type = { 'content-type': 'application/json', 'x-forwarded-for': '10.9.8.7' };
    const request = http.request(`${nginx.url}/api/v1/drivers`, {
      method: 'POST',
      headers: headers(type),
      localAddress: '127.0.0.2',
    });
    request.end(body);
    const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(201);
    const entries = await app.db.query<Pick<AuditEntryResponse, 'address'>[]>(
      `SELECT address FROM audit_log WHERE action = 'driver.create' ORDER BY id DESC LIMIT 1`,
    );
    expect(entries).toEqual([{ address: '127.0.0.2' }]);
  });

  it('accepts an upload of the maximum size, and rejects a larger one', async () => {
    const line = `5099002,Ada,${'x'.repeat(60_000)}\n`;
    const lines = line.repeat(Math.floor(LARGEST_UPLOAD / line.length) - 1);
    const file = `tlc_license_number,first_name,last_name\n${lines}`;
    const upload = (body: string): Promise<Response> =>
      ask('/drivers/import?dry_run=true', { method: 'POST', headers: { 'content-type': 'text/csv' }, body });
    const taken = await upload(file.padEnd(LARGEST_UPLOAD, '\n'));
    expect(taken.status).toBe(200);
    const report = (await taken.json()) as ImportReportResponse;
    expect(report.rejected).toBe(lines.split('\n').length - 1);
    expect((await upload(file.padEnd(LARGEST_UPLOAD + 1, '\n'))).status).toBe(413);
  });

  it('does not expose the metrics', async () => {
    expect((await fetch(`${nginx.url}/metrics`)).status).toBe(403);
  });
});
