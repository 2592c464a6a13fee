import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { LoanDetailResponse } from '../../src/modules/loans/overview/loan.response.js';
import type { ImportReportResponse } from '../../src/platform/import/import-report.response.js';
import type { ApiAnswer } from '../support/api-client.js';
import { aDriver, aLease } from '../support/factories.js';
import { expectProblem } from '../support/problem.js';
import { dumpLedgerTables } from '../support/table-dump.js';
import type { TestApp, TestAppOptions } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

const EXAMPLE = readFileSync(path.resolve(__dirname, '../../docs/examples/loans.csv'), 'utf8');
const HEADER = 'reference,tlc_license_number,lease_number,loan_amount,interest_rate,start_week';

let app: TestApp;

async function start(options: TestAppOptions = {}): Promise<void> {
  app = await startTestApp(options);
  const one = await aDriver(app, { tlc_license_number: '5123456' });
  const two = await aDriver(app, { tlc_license_number: '5123457' });
  const away = await aDriver(app, { tlc_license_number: 'AWAY', status: 'SUSPENDED' });
  await aLease(app, { lease_number: 'L-2025-0101', driver_id: one.id });
  await aLease(app, { lease_number: 'L-2025-0102', driver_id: two.id });
  await aLease(app, { lease_number: 'L-OLD', driver_id: one.id, status: 'TERMINATED' });
  await aLease(app, { lease_number: 'L-AWAY', driver_id: away.id });
}

afterEach(() => app.close());

const send = (csv: string, query = ''): Promise<ApiAnswer<ImportReportResponse>> =>
  app.as('FINANCE').post<ImportReportResponse>(`/loans/import${query}`, csv);

const sendRows = (rows: string[], query = ''): Promise<ApiAnswer<ImportReportResponse>> =>
  send([HEADER, ...rows].join('\n'), query);

const books = async (): Promise<object> => ({
  ...(await dumpLedgerTables(app.db)),
  audit: await app.db.query('SELECT to_jsonb(a) FROM audit_log a ORDER BY id'),
  numbers: await app.db.query('SELECT last_value, is_called FROM driver_loan_number'),
});

const loans = async (): Promise<LoanDetailResponse[]> =>
  (await app.as('FINANCE').get<{ items: LoanDetailResponse[] }>('/loans?sort_by=created_on&sort_order=asc'))
    .body.items;

const created = async (): Promise<string | undefined> =>
  /^loans_created_total (\d+)$/m.exec((await app.app.inject('/metrics')).body)?.[1];

const BAD = [
  'A,5123456,L-2025-0101,60000,0,2025-11-02',
  'B,5123456,L-2025-0101,500,21,2025-11-02',
  'C,5123456,L-2025-0101,500,0,2025-11-03',
  'D,UNKNOWN,L-2025-0101,500,0,2025-11-02',
  'E,AWAY,L-AWAY,500,0,2025-11-02',
  'F,5123456,L-2025-0102,500,0,2025-11-02',
  'G,5123456,L-OLD,500,0,2025-11-02',
  'H,5123456,L-NONE,500,0,2025-11-02',
  'I,5123456,L-2025-0101,12.345,0,2025-10-19',
  'J,5123456,L-2025-0101,500,0,2025-10-19',
];

const REPORTED = [
  [2, 'loan_amount', '60000', 'LOAN_AMOUNT_OUT_OF_RANGE'],
  [3, 'interest_rate', '21', 'INTEREST_RATE_OUT_OF_RANGE'],
  [4, 'start_week', '2025-11-03', 'START_WEEK_NOT_SUNDAY'],
  [5, 'tlc_license_number', 'UNKNOWN', 'DRIVER_UNKNOWN'],
  [6, 'tlc_license_number', 'AWAY', 'DRIVER_NOT_ACTIVE'],
  [7, 'lease_number', 'L-2025-0102', 'LEASE_DRIVER_MISMATCH'],
  [8, 'lease_number', 'L-OLD', 'LEASE_NOT_ACTIVE'],
  [9, 'lease_number', 'L-NONE', 'LEASE_UNKNOWN'],
  [10, 'loan_amount', '12.345', 'VALIDATION_FAILED'],
  [11, 'start_week', '2025-10-19', 'START_WEEK_OUT_OF_RANGE'],
];

describe('the import of loans', () => {
  it('creates each loan as the form would, except its number, and a second import changes nothing', async () => {
    await start();
    expect((await send(EXAMPLE)).body).toMatchObject({ all_or_nothing: true, rows: 2, created: 2 });
    const [first, second] = await loans();
    expect(first).toMatchObject({
      loan_id: 'DL-2025-0001',
      import_reference: '2025-001',
      loan_amount: '1500.00',
    });
    expect(second).toMatchObject({ start_week: '2025-11-09', interest_rate: '0.00', loan_amount: '200.50' });
    const { body: form } = await app.as('FINANCE').post<LoanDetailResponse>('/loans', {
      driver_id: first?.driver_id,
      lease_id: first?.lease_id,
      loan_amount: '1500.00',
      interest_rate: '10.00',
      start_week: '2025-11-02',
      purpose: 'Transmission repair',
      notes: 'Agreed by telephone,\nto be signed',
    });
    const { body: imported } = await app.as('FINANCE').get<LoanDetailResponse>('/loans/DL-2025-0001');
    const schedule = ({ installments }: LoanDetailResponse): object[] =>
      installments.map(({ id: _, installment_id: __, loan_id: ___, ...installment }) => installment);
    expect(schedule(imported)).toEqual(schedule(form));
    const own = { id: 0, loan_id: '', loan_number: 0, import_reference: null, installments: [] };
    expect({ ...imported, ...own }).toEqual({ ...form, ...own });
    const { body: history } = await app.as('FINANCE').get<object>('/loans/DL-2025-0001/history');
    expect(JSON.stringify(history)).toContain('loan.create');

    const before = await books();
    expect((await send(EXAMPLE)).body).toMatchObject({ created: 0, unchanged: 2, rejected: 0 });
    app.clock.set('2025-12-31T09:00:00-05:00');
    expect((await send(EXAMPLE)).body).toMatchObject({ created: 0, unchanged: 2, rejected: 0 });
    expect(await books()).toEqual(before);
  });

  it('writes for each loan the same audit entry as the form, with the loan as it is then read', async () => {
    await start();
    const rows = ['500', '1200', '200.50'].flatMap((amount, place) => [
      `R${place},5123456,L-2025-0101,${amount},10,2025-11-02`,
      `S${place},5123457,L-2025-0102,${amount},0,2025-11-09`,
    ]);
    expect((await sendRows(rows)).body).toMatchObject({ created: 6 });
    const entries = await app.db.query<{ record_id: string; after: object; has_actor: boolean }[]>(
      `SELECT record_id, after, before IS NULL AND actor_id IS NOT NULL AND request_id IS NOT NULL AS has_actor
       FROM audit_log WHERE action = 'loan.create' AND record_type = 'loan' ORDER BY id`,
    );
    expect(entries.map(({ after }) => (after as LoanDetailResponse).import_reference)).toEqual(
      rows.map((row) => row.slice(0, 2)),
    );
    for (const { record_id, after, has_actor } of entries) {
      const { body } = await app.as('FINANCE').get<object>(`/loans/${record_id}`);
      expect(after).toEqual(body);
      expect(has_actor).toBe(true);
    }
  });

  it('writes nothing if a single row breaks a rule, and reports each invalid row with its rule', async () => {
    await start();
    await app.as('FINANCE').get('/auth/me');
    const before = await books();
    const createdBefore = await created();
    const rejected = await sendRows([...BAD, 'K,5123456,L-2025-0101,500,0,2025-11-02']);
    const problem = expectProblem(rejected, 400, 'IMPORT_REJECTED');
    expect(problem.detail).toMatch(
      /^Nothing was imported: 10 of 11 rows cannot be imported, the first on line 2: /,
    );
    expect(problem.errors?.map(({ line, field, value }) => [line, field, value])).toEqual(
      REPORTED.map((reported) => reported.slice(0, 3)),
    );
    const dryRun = await sendRows(['K,5123456,L-2025-0101,500,0,2025-11-02', ...BAD], '?dry_run=true');
    expect(dryRun.body).toMatchObject({ applied: false, created: 1, rejected: 10 });
    expect(dryRun.body.message).toContain('The import would reject the whole file.');
    expect(await books()).toEqual(before);
    expect(await created()).toBe(createdBefore);
  });

  it('imports the valid rows on request, and counts each loan once', async () => {
    await start();
    const createdBefore = Number((await created()) ?? 0);
    const rows = [...BAD, 'K,5123456,L-2025-0101,500,0,2025-11-02', 'K,5123456,L-2025-0101,500,0,2025-11-02'];
    const { body } = await sendRows(rows, '?all_or_nothing=false');
    expect(body).toMatchObject({ applied: true, created: 1, rejected: 11 });
    expect(body.errors.map(({ line, field, value, code }) => [line, field, value, code])).toEqual([
      ...REPORTED,
      [13, null, null, 'IMPORT_ROW_DUPLICATE'],
    ]);
    const reasons = body.errors.map(({ reason }) => reason);
    expect(reasons).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Driver .+ \(TLC license AWAY\) is SUSPENDED, not ACTIVE\.$/),
        'Lease L-2025-0102 does not belong to the driver with the TLC license 5123456.',
        'Lease L-OLD is TERMINATED, not ACTIVE.',
      ]),
    );
    expect(await loans()).toMatchObject([{ import_reference: 'K' }]);
    expect(Number(await created())).toBe(createdBefore + 1);
  });

  it('explains the accepted formats of an amount, a rate and a date', async () => {
    await start();
    const row = 'K,5123456,L-2025-0101,"$1,500.00",10%,2.11.2025';
    const { body } = await sendRows([row], '?dry_run=true');
    expect(body.errors.map(({ field, value, reason }) => [field, value, reason])).toEqual([
      [
        'start_week',
        '2.11.2025',
        'start_week must be a valid date in the form YYYY-MM-DD, or MM/DD/YYYY in a file without semicolons.',
      ],
      [
        'loan_amount',
        '$1,500.00',
        'loan_amount must be an amount such as "1500.00": digits, and at most two decimals after a point; no currency sign, no commas.',
      ],
      [
        'interest_rate',
        '10%',
        'interest_rate must be a percentage such as "10.00": digits, and at most two decimals after a point; no percent sign, no commas.',
      ],
    ]);
  });

  it('rejects a known reference with other terms, and does not overwrite purpose and notes', async () => {
    await start();
    await send(EXAMPLE);
    await app.as('FINANCE').patch('/loans/DL-2025-0001', { purpose: 'Gearbox' });
    const changed = EXAMPLE.replace('200.50', '200.49').replace('11/9/2025', '11/16/2025');
    const { body } = await send(changed, '?all_or_nothing=false');
    expect(body).toMatchObject({ unchanged: 1, rejected: 1, errors_total: 2 });
    expect(body.errors).toEqual([
      {
        line: 4,
        field: 'loan_amount',
        value: '200.49',
        code: 'LOAN_REFERENCE_TAKEN',
        reason: 'loan DL-2025-0002 already has the reference 2025-002, with 200.50.',
      },
      expect.objectContaining({ field: 'start_week', value: '11/16/2025' }),
    ]);
    expect(await loans()).toMatchObject([{ purpose: 'Gearbox' }, { loan_amount: '200.50' }]);
  });

  it('creates drafts when loans need an approval', async () => {
    await start({ env: { LOAN_APPROVAL_REQUIRED: 'true' } });
    await send(EXAMPLE);
    expect(await loans()).toMatchObject([{ status: 'DRAFT' }, { status: 'DRAFT' }]);
  });
});
