import { spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import type net from 'node:net';
import { Logger } from '@nestjs/common';
import type pg from 'pg';
import { DataSource } from 'typeorm';
import { download, readCsv } from '../support/download.js';
import { openStreams, waitForNoOpenStream } from '../support/open-streams.js';
import { seedDueInstallments } from '../support/seed-due-installments.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import { waitFor } from '../support/wait-for.js';
import { firstColumnOfExcel } from '../support/xlsx-first-column.js';

/** Reads slowly in small parts, reports the first data, and prints how the connection ended. */
const SLOW_CLIENT = `
  const [, port, request] = process.argv;
  const socket = require('node:net').connect(Number(port), '127.0.0.1', () => socket.write(request));
  let read = '';
  socket.setEncoding('latin1').on('data', (chunk) => {
    if (read === '') process.send('reading');
    read += chunk;
    socket.pause();
    setTimeout(() => socket.resume(), 20);
  });
  const end = (error) => {
    console.log(JSON.stringify({ read: read.slice(0, 2000), error }));
    process.disconnect();
  };
  socket.once('error', ({ code }) => end(code)).once('end', () => end(null));
`;

const LOANS = 12_000;
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

/** Requests the file without reading it yet. */
async function begin(format: string): Promise<http.IncomingMessage> {
  const url = `${origin}/api/v1/loans/installments/export/${format}?sort_by=due_date`;
  const request = http.get(url, { headers: { authorization }, agent: false });
  // a connection reset is also an error of the request
  request.on('error', () => undefined);
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  return answer;
}

const pool = (): pg.Pool => (app.get(DataSource).driver as unknown as { master: pg.Pool }).master;

describe('a download', () => {
  it.each(['csv', 'json', 'excel', 'pdf'])(
    'ends its query when the client disconnects: %s',
    async (format) => {
      const logged = jest.spyOn(Logger.prototype, 'warn');
      const answer = await begin(format);
      expect(answer.statusCode).toBe(200);
      await once(answer, 'readable');
      // the file is larger than the socket buffers, so the query still runs
      expect(await openStreams(app.db)).toHaveLength(1);
      answer.destroy();
      await waitForNoOpenStream(app.db);
      await waitFor('the connection is released', () =>
        Promise.resolve(pool().idleCount === pool().totalCount ? true : null),
      );
      await waitFor('the warning is logged', () =>
        Promise.resolve(logged.mock.calls.length > 0 ? true : null),
      );
      expect(logged).toHaveBeenCalledWith(
        expect.objectContaining({ user_id: 1 }),
        expect.stringMatching(/was interrupted$/),
      );
    },
  );

  it.each(['csv', 'json', 'excel', 'pdf'])(
    'breaks off when the query fails, and never ends normally with missing rows: %s',
    async (format) => {
      const answer = await begin(format);
      await once(answer, 'readable');
      const [backend] = await openStreams(app.db);
      await app.db.query('SELECT pg_terminate_backend($1)', [backend?.pid]);
      const read = async (): Promise<void> => {
        for await (const chunk of answer) void chunk;
      };
      await expect(read()).rejects.toThrow(/^aborted$|ECONNRESET/);
      expect(answer.complete).toBe(false);
      await waitForNoOpenStream(app.db);
    },
  );

  /**
   * What a slow HTTP/1.0 client has read when the connection ends, and the error it ends with. The client is a separate
   * process, because Node hides the reset within one process.
   */
  async function readWithHttp10(
    query: string,
    onFirstData: () => Promise<unknown>,
  ): Promise<{ read: string; error: string | null }> {
    const request = `GET /api/v1/loans/installments/export/csv?${query} HTTP/1.0\r\nHost: localhost\r\nAuthorization: ${authorization}\r\n\r\n`;
    const client = spawn(process.execPath, ['-e', SLOW_CLIENT, new URL(origin).port, request], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    client.once('message', () => void onFirstData());
    if (!client.stdout) throw new Error('There is no pipe to the client.');
    let printed = '';
    for await (const text of client.stdout.setEncoding('utf8')) printed += String(text);
    return JSON.parse(printed) as { read: string; error: string | null };
  }

  it('resets an HTTP/1.0 connection when the query fails, because HTTP/1.0 has no other signal', async () => {
    const { read, error } = await readWithHttp10('', async () => {
      const [backend] = await openStreams(app.db);
      await app.db.query('SELECT pg_terminate_backend($1)', [backend?.pid]);
      await waitForNoOpenStream(app.db);
    });
    expect(read).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(read).not.toMatch(/transfer-encoding|content-length/i);
    expect(error).toBe('ECONNRESET');
  });

  it('resets an HTTP/1.0 connection that is given up as idle', async () => {
    const connected = once(app.app.getHttpServer() as net.Server, 'connection') as Promise<[net.Socket]>;
    const { error } = await readWithHttp10('', async () => {
      const [socket] = await connected;
      socket.emit('timeout');
    });
    expect(error).toBe('ECONNRESET');
  });

  it('ends an HTTP/1.0 connection normally when it is complete', async () => {
    const { read, error } = await readWithHttp10('driver_id=1', () => Promise.resolve());
    expect([read.split('\r\n')[0], error]).toEqual(['HTTP/1.1 200 OK', null]);
  });

  it('returns a problem document when the query fails at its start', async () => {
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
    await waitForNoOpenStream(app.db);
  });

  it('is complete at any length, and is logged', async () => {
    const logged = jest.spyOn(Logger.prototype, 'log');
    const count = LOANS * INSTALLMENTS;
    const [csv, excel] = [
      await download(app, '/loans/installments/export/csv'),
      await download(app, '/loans/installments/export/excel'),
    ];
    const ids = readCsv(csv.bytes).map(({ installment_id }) => installment_id);
    expect([ids.length, new Set(ids).size]).toEqual([count, count]);
    const column = firstColumnOfExcel(excel.bytes);
    expect(column).toHaveLength(count + 2);
    expect(column.slice(1)).toEqual([...ids, `Total of ${count.toLocaleString('en-US')} rows`]);
    expect(logged).toHaveBeenCalledWith(
      expect.objectContaining({ file: csv.fileName, rows: count, user_id: 1 }),
      `Exported ${csv.fileName}`,
    );
    expect(await openStreams(app.db)).toEqual([]);
  });
});
