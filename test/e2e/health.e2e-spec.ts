import { DataSource } from 'typeorm';
import { ShutdownState } from '../../src/platform/http/shutdown-state.js';
import { tick } from '../support/scheduled-posting.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

interface Report {
  readonly status: string;
  readonly details: Record<string, Record<string, unknown>>;
}

/** The week of 2025-11-02 is due for posting at 05:00 on its Sunday. */
const [FIVE_TO_SIX, TEN_PAST_SIX] = ['2025-11-02T05:55:00-05:00', '2025-11-02T06:10:00-05:00'];

let app: TestApp;

beforeEach(async () => {
  app = await startTestApp({ now: FIVE_TO_SIX });
});

afterEach(() => app.close());

async function ready(): Promise<{ code: number; report: Report }> {
  const answer = await app.app.inject('/health/ready');
  return { code: answer.statusCode, report: answer.json<Report>() };
}

describe('GET /health/ready', () => {
  it('checks the database, the migrations and the shutdown state', async () => {
    const { code, report } = await ready();
    expect([code, report.status]).toEqual([200, 'ok']);
    expect(report.details).toMatchObject({
      server: { status: 'up' },
      database: { status: 'up' },
      migrations: { status: 'up', pending: 0, newer: 0 },
    });
  });

  it('is degraded, but ready, when the weekly posting is more than an hour late', async () => {
    const due = { week: '2025-11-02', due_at: '2025-11-02T10:00:00.000Z' };
    expect((await ready()).report.details['posting']).toEqual({ status: 'up', ...due, state: 'not posted' });
    app.clock.set(TEN_PAST_SIX);
    const late = await ready();
    expect([late.code, late.report.status]).toEqual([200, 'degraded']);
    expect(late.report.details['posting']).toEqual({ status: 'degraded', ...due, state: 'not posted' });
    await tick(app);
    expect((await ready()).report.details['posting']).toEqual({ status: 'up', ...due, state: 'posted' });
  });

  it('reveals no address when the database does not respond', async () => {
    const rejected = new Error('connect ECONNREFUSED 10.0.0.9:5432');
    const query = jest.spyOn(app.get(DataSource), 'query').mockRejectedValue(rejected);
    try {
      const answer = await app.app.inject('/health/ready');
      expect(answer.statusCode).toBe(503);
      expect(answer.json<Report>().details['database']).toMatchObject({
        status: 'down',
        message: 'does not answer',
      });
      expect(answer.body).not.toMatch(/10\.0\.0\.9|5432|ECONNREFUSED/);
    } finally {
      query.mockRestore();
    }
  });

  it('returns 503 when a migration has not run', async () => {
    await app.db.query('DELETE FROM schema_migrations WHERE id = (SELECT max(id) FROM schema_migrations)');
    const { code, report } = await ready();
    expect(code).toBe(503);
    expect(report.details['migrations']).toMatchObject({ status: 'down', message: '1 have not run' });
  });

  it('returns 200 when a newer release has migrated', async () => {
    await app.db.query(
      `INSERT INTO schema_migrations (timestamp, name) VALUES (9999999999999, 'Newer9999999999999')`,
    );
    const { code, report } = await ready();
    expect(code).toBe(200);
    expect(report.details['migrations']).toMatchObject({ status: 'up', pending: 0, newer: 1 });
  });

  it('returns 503 as soon as the process is stopping, and closes the connection', async () => {
    app.get(ShutdownState).begin();
    const { code, report } = await ready();
    expect(code).toBe(503);
    expect(report.details['server']).toEqual({ status: 'down', message: 'is stopping' });
    const live = await app.app.inject('/health/live');
    expect([live.statusCode, live.headers.connection]).toEqual([200, 'close']);
  });
});
