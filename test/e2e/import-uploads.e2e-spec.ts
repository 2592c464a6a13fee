import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { ImportReportResponse } from '../../src/platform/import/import-report.response.js';
import type { ApiAnswer } from '../support/api-client.js';
import { expectProblem } from '../support/problem.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import { waitFor } from '../support/wait-for.js';

const HEADER = 'tlc_license_number,first_name,last_name\n';
const PATH = '/drivers/import';

/** The uploads of this test file only */
const folder = mkdtempSync(path.join(os.tmpdir(), 'import-uploads-'));

let app: TestApp;

beforeAll(async () => {
  jest.spyOn(os, 'tmpdir').mockReturnValue(folder);
  app = await startTestApp({ env: { IMPORT_MAX_BYTES: '1048576' } });
  await app.app.listen(0, '127.0.0.1');
});

afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

const send = (body: string | Buffer, type = 'text/csv'): Promise<ApiAnswer<ImportReportResponse>> =>
  app.as('FINANCE').post<ImportReportResponse>(PATH, Buffer.from(body), { 'content-type': type });

const driverCount = async (): Promise<number> => {
  const [{ count }] = await app.db.query<[{ count: number }]>('SELECT count(*)::int AS count FROM drivers');
  return count;
};

const waitForBegunUpload = (): Promise<true> =>
  waitFor('the upload has begun', () =>
    Promise.resolve(jest.mocked(os.tmpdir).mock.calls.length > 0 || null),
  );

const waitForDeletedUploads = (): Promise<true> =>
  waitFor('no upload file remains', () => Promise.resolve(readdirSync(folder).length === 0 || null));

/** An upload over a real socket that the test ends. */
async function upload(headers: http.OutgoingHttpHeaders = {}): Promise<http.ClientRequest> {
  const { port } = app.app.getHttpServer().address() as AddressInfo;
  const token = await app.as('FINANCE').accessToken();
  return http.request({
    port,
    host: '127.0.0.1',
    method: 'POST',
    path: `/api/v1${PATH}`,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv', ...headers },
  });
}

const answerOf = (request: http.ClientRequest): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    request.on('error', reject).on('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
  });

describe('an uploaded file', () => {
  it.each([
    ['is empty', '', 'IMPORT_FILE_INVALID', /^The file is empty\.$/],
    ['contains only blank lines', '\n\n', 'IMPORT_FILE_INVALID', /^The file is empty\.$/],
    ['is an Excel workbook', Buffer.from('504b030414000600', 'hex'), 'IMPORT_FILE_INVALID', /Excel workbook/],
    ['is not UTF-8', Buffer.from(`${HEADER}1,Jos\xe9,Ruiz\n`, 'latin1'), 'IMPORT_FILE_INVALID', /line 2/],
    ['contains a NUL', `${HEADER}1,A\u0000,B\n`, 'IMPORT_FILE_INVALID', /^Line 2 contains a NUL/],
    ['has an unclosed quotation mark', `${HEADER}1,"A,B\n`, 'IMPORT_FILE_INVALID', /line 2 is never closed/],
    [
      'has another header',
      'a,b\n1,2\n',
      'IMPORT_HEADER_INVALID',
      /"tlc_license_number" is missing.*"a" is unknown/,
    ],
  ])('is rejected with one sentence and no change if it %s', async (_, content, code, sentence) => {
    const { detail } = expectProblem(await send(content), 400, code);
    expect(detail).toMatch(sentence);
    expect(await driverCount()).toBe(0);
  });

  it('is rejected as a whole if its end is unreadable', async () => {
    const rows = Array.from({ length: 3_000 }, (_, row) => `R${row},Ada,Rider\n`).join('');
    expectProblem(await send(`${HEADER}${rows}1,"A,B\n`), 400, 'IMPORT_FILE_INVALID');
    expect(await driverCount()).toBe(0);
  });

  it('must be text/csv, on import routes only', async () => {
    const answers = [await send('{}', 'application/json'), await send(HEADER, 'text/plain')];
    for (const answer of answers) expectProblem(answer, 415, 'UNSUPPORTED_MEDIA_TYPE');
    expectProblem(await app.as('FINANCE').post('/drivers', HEADER), 415, 'UNSUPPORTED_MEDIA_TYPE');
    expectProblem(await app.as('FINANCE').post(PATH), 415, 'UNSUPPORTED_MEDIA_TYPE');
    expect((await send(`${HEADER}A,Ada,Rider\n`, 'text/csv; charset=utf-8')).status).toBe(200);
    await app.db.query("DELETE FROM drivers WHERE tlc_license_number = 'A'");
  });

  it('is read only for users who may import', async () => {
    expectProblem(await app.anonymous.post(PATH, HEADER), 401, 'UNAUTHENTICATED');
    for (const route of [PATH, '/leases/import', '/loans/import', '/ledger/obligations/import']) {
      expectProblem(await app.as('MANAGER').post(route, HEADER), 403, 'PERMISSION_MISSING');
    }
  });

  it.each([
    ['declares its size', true],
    ['does not', false],
  ])(
    'is rejected with 413 above the limit, and the connection remains usable, when the request %s',
    async (_, says) => {
      const size = 20 * 1_048_576;
      const request = await upload(says ? { 'content-length': size } : {});
      const answered = answerOf(request);
      for (let sent = 0; sent < size; sent += 1_048_576) request.write(Buffer.alloc(1_048_576, 'a,b,c\n'));
      request.end();
      const { status, body } = await answered;
      expect(status).toBe(413);
      expect(JSON.parse(body)).toMatchObject({
        code: 'BODY_TOO_LARGE',
        detail: 'The file is larger than 1 MiB. Split it into smaller files.',
      });
      await waitForDeletedUploads();
    },
  );

  it('has no name on disk during the upload, so that a killed process leaves no file', async () => {
    jest.mocked(os.tmpdir).mockClear();
    const request = await upload();
    const answered = answerOf(request);
    request.write(HEADER);
    await waitForBegunUpload();
    await waitForDeletedUploads();
    request.end('N1,Ada,Rider\n');
    expect(await answered).toMatchObject({ status: 200 });
    await app.db.query("DELETE FROM drivers WHERE tlc_license_number = 'N1'");
  });

  it('changes nothing and leaves no file when the upload breaks off', async () => {
    jest.mocked(os.tmpdir).mockClear();
    const request = await upload();
    const broken = answerOf(request).catch(() => null);
    request.write(`${HEADER}X1,Ada,Rider\n`);
    await waitForBegunUpload();
    request.destroy();
    await broken;
    await waitForDeletedUploads();
    expect(await driverCount()).toBe(0);
  });

  it('is imported once when it is sent several times at once', async () => {
    const rows = Array.from({ length: 2_500 }, (_, row) => `T${row},Ada,Rider\n`).join('');
    const answers = await Promise.all([send(HEADER + rows), send(HEADER + rows), send(HEADER + rows)]);
    expect(answers.filter(({ body }) => body.created === 2_500)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      expectProblem(answer, 409, 'IMPORT_IN_PROGRESS');
    }
    expect(await driverCount()).toBe(2_500);
    expect((await send(HEADER + rows)).body).toMatchObject({ unchanged: 2_500 });
  });
});
