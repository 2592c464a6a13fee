import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ImportReportResponse } from '../../src/platform/import/import-report.response.js';
import type { ApiAnswer } from '../support/api-client.js';
import { aDriver } from '../support/factories.js';
import { expectProblem } from '../support/problem.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

const EXAMPLE = readFileSync(path.resolve(__dirname, '../../docs/examples/leases.csv'), 'utf8');
const HEADER = 'lease_number,tlc_license_number,medallion_number,vehicle_plate,start_date,end_date,status';

let app: TestApp;

beforeEach(async () => {
  app = await startTestApp();
  await aDriver(app, { tlc_license_number: '5123456' });
  await aDriver(app, { tlc_license_number: '5123457' });
  await aDriver(app, {
    tlc_license_number: 'AWAY',
    first_name: 'Ada',
    last_name: 'Rider',
    status: 'INACTIVE',
  });
});

afterEach(() => app.close());

const send = (csv: string, query = ''): Promise<ApiAnswer<ImportReportResponse>> =>
  app.as('FINANCE').post<ImportReportResponse>(`/leases/import${query}`, csv);

const sendRows = (...rows: string[]): Promise<ApiAnswer<ImportReportResponse>> =>
  send([HEADER, ...rows].join('\n'));

const leases = async (): Promise<object[]> =>
  (await app.as('FINANCE').get<{ items: object[] }>('/leases?sort_by=lease_number&sort_order=asc')).body
    .items;

const books = (): Promise<object[]> =>
  app.db.query(
    `SELECT to_jsonb(l) FROM leases l UNION ALL SELECT to_jsonb(a) FROM audit_log a
     UNION ALL SELECT to_jsonb(m) FROM medallions m UNION ALL SELECT to_jsonb(v) FROM vehicles v`,
  );

describe('the import of leases', () => {
  it('creates the leases with new medallions and vehicles, and a second import changes nothing', async () => {
    expect((await send(EXAMPLE)).body).toMatchObject({ rows: 2, created: 2, rejected: 0 });
    const first = { medallion_number: '1A23', vehicle_plate: 'T123456C', start_date: '2025-10-05' };
    const second = { medallion_number: '2B34', vehicle_plate: 'T234567C', start_date: '2025-10-12' };
    expect(await leases()).toMatchObject([
      { lease_number: 'L-2025-0101', ...first, end_date: '2026-10-03', status: 'ACTIVE' },
      { lease_number: 'L-2025-0102', ...second, end_date: null, status: 'ACTIVE' },
    ]);
    const before = await books();
    expect((await send(EXAMPLE)).body).toMatchObject({ unchanged: 2, created: 0, updated: 0 });
    expect(await books()).toEqual(before);
  });

  it('writes the same audit entry as the form', async () => {
    const [{ id: driver_id }] = await app.db.query<[{ id: number }]>(
      `SELECT id FROM drivers WHERE tlc_license_number = '5123456'`,
    );
    const cab = { medallion_number: '1A23', vehicle_plate: 'T123456C' };
    await app
      .as('FINANCE')
      .post('/leases', { lease_number: 'A', driver_id, ...cab, start_date: '2025-10-05' });
    await sendRows('B,5123456,1A23,T123456C,2025-10-05,,');
    await sendRows('B,5123456,1A23,T123456C,2025-10-05,,TERMINATED');
    const [form, create, update] = await app.db.query<Record<string, object>[]>(
      `SELECT action, record_type, record_id, before, after FROM audit_log WHERE record_type = 'lease' ORDER BY id`,
    );
    const own = { id: expect.any(Number) as number, lease_number: 'B' };
    expect(create).toEqual({ ...form, record_id: expect.any(String), after: { ...form?.['after'], ...own } });
    expect(update).toMatchObject({
      action: 'lease.update',
      before: { status: 'ACTIVE' },
      after: { status: 'TERMINATED' },
    });
  });

  it('updates dates and status of an existing lease; a blank cell leaves the value unchanged', async () => {
    await send(EXAMPLE);
    const { body } = await sendRows(
      'L-2025-0101,5123456,1A23,T123456C,2025-10-06,,EXPIRED',
      'L-2025-0102,5123457,2b34,t234567c,2025-10-12,,',
    );
    expect(body).toMatchObject({ updated: 1, unchanged: 1, rejected: 0, changes_total: 2 });
    const row = { line: 2, record: 'L-2025-0101' };
    expect(body.changes).toEqual([
      { ...row, field: 'start_date', before: '2025-10-05', after: '2025-10-06' },
      { ...row, field: 'status', before: 'ACTIVE', after: 'EXPIRED' },
    ]);
    expect(await leases()).toMatchObject([
      { start_date: '2025-10-06', end_date: '2026-10-03', status: 'EXPIRED' },
      { status: 'ACTIVE' },
    ]);
  });

  it('reports each invalid row, and imports the others', async () => {
    await send(EXAMPLE);
    const { body } = await sendRows(
      'L-1,UNKNOWN,1A1,T1,2025-10-05,,',
      'L-2,AWAY,1A1,T1,2025-10-05,,',
      'L-3,5123456,1A1,T1,2025-10-05,2025-10-04,',
      'L-4,5123456,1A1,,2025-02-30,,RUNNING',
      'L-2025-0101,5123457,9Z99,T123456C,2025-10-05,,',
      'L-2025-0102,5123457,2B34,T234567C,2025-10-12,2025-10-11,',
      'L-5,5123456,1A1,T1,2025-10-05,,TERMINATED',
      'L-5,5123456,1A1,T1,2025-10-05,,',
    );
    expect(body).toMatchObject({ rows: 8, created: 1, rejected: 7 });
    expect(
      body.errors.map(({ line, field, value, code, reason }) => [line, field, value, code, reason]),
    ).toEqual([
      [
        2,
        'tlc_license_number',
        'UNKNOWN',
        'DRIVER_UNKNOWN',
        'There is no driver with the TLC license UNKNOWN.',
      ],
      [
        3,
        'tlc_license_number',
        'AWAY',
        'DRIVER_NOT_ACTIVE',
        'Driver Ada Rider (TLC license AWAY) is INACTIVE, not ACTIVE.',
      ],
      [
        4,
        'end_date',
        '2025-10-04',
        'LEASE_DATES_INVALID',
        'The lease must not end (2025-10-04) before it starts (2025-10-05).',
      ],
      [5, 'vehicle_plate', null, 'VALIDATION_FAILED', 'vehicle_plate is missing.'],
      [
        5,
        'start_date',
        '2025-02-30',
        'VALIDATION_FAILED',
        'start_date must be a valid date in the form YYYY-MM-DD, or MM/DD/YYYY in a file without semicolons.',
      ],
      [5, 'status', 'RUNNING', 'VALIDATION_FAILED', expect.stringMatching(/^status must be/)],
      [
        6,
        'tlc_license_number',
        '5123457',
        'LEASE_NUMBER_TAKEN',
        'lease L-2025-0101 already exists with 5123456.',
      ],
      [6, 'medallion_number', '9Z99', 'LEASE_NUMBER_TAKEN', expect.stringMatching(/exists with 1A23/)],
      [7, 'end_date', '2025-10-11', 'LEASE_DATES_INVALID', expect.stringMatching(/^The lease must not end/)],
      [9, null, null, 'IMPORT_ROW_DUPLICATE', 'L-5 is already on line 8.'],
    ]);
    expect(await leases()).toMatchObject([{}, {}, { lease_number: 'L-5', status: 'TERMINATED' }]);
  });

  it('writes nothing in a dry run, nor in all-or-nothing mode with an invalid row', async () => {
    await app.as('FINANCE').get('/auth/me');
    const before = await books();
    expect((await send(EXAMPLE, '?dry_run=true')).body).toMatchObject({ applied: false, created: 2 });
    const rejected = await send(`${EXAMPLE}L-9,UNKNOWN,1A1,T1,2025-10-05,,\n`, '?all_or_nothing=true');
    expect(expectProblem(rejected, 400, 'IMPORT_REJECTED').errors).toEqual([
      {
        line: 4,
        field: 'tlc_license_number',
        value: 'UNKNOWN',
        message: 'There is no driver with the TLC license UNKNOWN.',
      },
    ]);
    expect(await books()).toEqual(before);
  });
});
