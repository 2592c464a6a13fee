import { once } from 'node:events';
import http from 'node:http';
import { Logger } from '@nestjs/common';
import type pg from 'pg';
import { DataSource } from 'typeorm';
import { download, readCsv, readExcel } from '../support/download.js';
import { openStreams, untilNoStreamIsOpen } from '../support/open-streams.js';
import { seedDueInstallments } from '../support/seed-due-installments.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

const LOANS = 6_000;
const INSTALLMENTS = 5;

let app: TestApp;
let origin: string;
let authorization: string;

beforeAll(async () => {
  app = await startTestApp();
  await seedDueInstallments(app.db, { loans: LOANS, installments: INSTALLMENTS, startWeek: '2025-11-02' });
  await app.app.listen(0, '127.0.0.1');
  origin = (await app.app.getUrl()).replace('[::1]', '127.0.0.1');
  authorization = `Bearer ${await app.as('FINANCE').accessToken()}`;
});

afterAll(() => app.close());
afterEach(() => jest.restoreAllMocks());

/** Asks for the file and takes nothing of it yet. */
async function begin(format: string): Promise<http.IncomingMessage> {
  const url = `${origin}/api/v1/loans/installments/export/${format}?sort_by=due_date`;
  const request = http.get(url, { headers: { authorization }, agent: false });
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  return answer;
}

const pool = (): pg.Pool => (app.get(DataSource).driver as unknown as { master: pg.Pool }).master;

describe('a download', () => {
  it.each(['csv', 'json', 'excel', 'pdf'])(
    'of %s that its client gives up ends the query',
    async (format) => {
      const said = jest.spyOn(Logger.prototype, 'warn');
      const answer = await begin(format);
      expect(answer.statusCode).toBe(200);
      await once(answer, 'readable');
      // the file is longer than what the sockets hold, so the query cannot be through
      expect(await openStreams(app.db)).toHaveLength(1);
      answer.destroy();
      await untilNoStreamIsOpen(app.db);
      await until('the connection is back', () =>
        Promise.resolve(pool().idleCount === pool().totalCount ? true : null),
      );
      await until('it is said', () => Promise.resolve(said.mock.calls.length > 0 ? true : null));
      expect(said).toHaveBeenCalledWith(
        expect.objectContaining({ user_id: 1 }),
        expect.stringMatching(/broke off$/),
      );
    },
  );

  it.each(['csv', 'json', 'excel', 'pdf'])(
    'of %s breaks where the query fails, and never ends short',
    async (format) => {
      const answer = await begin(format);
      await once(answer, 'readable');
      const [backend] = await openStreams(app.db);
      await app.db.query('SELECT pg_terminate_backend($1)', [backend?.pid]);
      const read = async (): Promise<void> => {
        for await (const chunk of answer) void chunk;
      };
      await expect(read()).rejects.toThrow('aborted');
      expect(answer.complete).toBe(false);
      await untilNoStreamIsOpen(app.db);
    },
  );

  it('is refused as a problem where the query fails at its start', async () => {
    await app.db.query('ALTER TABLE medallions RENAME TO gone');
    try {
      const answer = await begin('csv');
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([
        500,
        'application/problem+json; charset=utf-8',
      ]);
      expect(answer.headers['content-disposition']).toBeUndefined();
      answer.resume();
    } finally {
      await app.db.query('ALTER TABLE gone RENAME TO medallions');
    }
    await untilNoStreamIsOpen(app.db);
  });

  it('is whole, however long, and told of in the log', async () => {
    const said = jest.spyOn(Logger.prototype, 'log');
    const count = LOANS * INSTALLMENTS;
    const [csv, excel] = [
      await download(app, '/loans/installments/export/csv'),
      await download(app, '/loans/installments/export/excel'),
    ];
    const ids = readCsv(csv.bytes).map(({ installment_id }) => installment_id);
    expect([ids.length, new Set(ids).size]).toEqual([count, count]);
    const [sheet] = (await readExcel(excel.bytes)).worksheets;
    expect(sheet?.rowCount).toBe(count + 2);
    expect(sheet?.getCell(`A${count + 1}`).value).toBe(ids.at(-1));
    expect(said).toHaveBeenCalledWith(
      expect.objectContaining({ file: csv.fileName, rows: count, user_id: 1 }),
      `Exported ${csv.fileName}`,
    );
    expect(await openStreams(app.db)).toEqual([]);
  });
});
