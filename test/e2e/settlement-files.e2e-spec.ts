import type { Page } from '../../src/platform/database/page.js';
import type {
  SettlementLineResponse,
  SettlementResultResponse,
} from '../../src/modules/ledger/settlement/settlement.response.js';
import type { ApiAnswer } from '../support/api-client.js';
import type { BorrowerRef } from '../support/borrower-ref.js';
import { download, readCsv } from '../support/download.js';
import { aBorrower, aDriver, aLease } from '../support/factories.js';
import { LedgerClient } from '../support/ledger-client.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import { dumpTables } from '../support/table-dump.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

const PATH = '/ledger/settlement-runs';
const WEEK = 'payment_period_start=2025-11-02';
const HEADER = 'tlc_license_number,lease_number,amount,reference\n';
const WRITTEN = [
  'settlement_runs',
  'settlement_lines',
  'settled_earnings',
  'ledger_postings',
  'ledger_balances',
];
const MAX_BYTES = 2_097_152;

let app: TestApp;
/** Owes 200.00, of which 50.00 under the older lease LS-1 */
let owing: BorrowerRef;
let references = 0;

const reference = (): string => `FILE-${(references += 1)}`;

const send = (
  body: string | object,
  query = WEEK,
  type = 'text/csv',
  headers: Readonly<Record<string, string>> = {},
): Promise<ApiAnswer<SettlementResultResponse>> =>
  app.as('FINANCE').post<SettlementResultResponse>(`${PATH}?${query}`, body, {
    'content-type': type,
    ...headers,
  });

const settle = async (csv: string, query = WEEK): Promise<SettlementResultResponse> => {
  const { status, body } = await send(csv, query);
  expect(status).toBe(query.includes('dry_run') ? 200 : 201);
  return body;
};

const linesOf = async ({ run_id }: { run_id: string }): Promise<SettlementLineResponse[]> =>
  (await app.as('FINANCE').get<Page<SettlementLineResponse>>(`${PATH}/${run_id}/lines`)).body.items;

beforeAll(async () => {
  app = await startTestApp({
    now: '2025-11-04T09:00:00-05:00',
    env: { IMPORT_MAX_BYTES: String(MAX_BYTES) },
  });
  const { id: driver_id } = await aDriver(app, { tlc_license_number: '5012345' });
  const { id: lease_id } = await aLease(app, { driver_id, lease_number: 'LS-1', start_date: '2025-01-05' });
  const { id: later } = await aLease(app, { driver_id, lease_number: 'LS-2', start_date: '2025-06-01' });
  owing = { driver_id, lease_id };
  const ledger = new LedgerClient(app);
  await ledger.owe(owing, { amount: '50.00', category: 'MISC' });
  await ledger.owe({ driver_id, lease_id: later }, { amount: '150.00', category: 'TAXES' });
  await aDriver(app, { tlc_license_number: '5012346' });
});

afterEach(async () => {
  const { body } = await app.as('FINANCE').get('/ledger/verify');
  expect(body).toMatchObject({ ok: true, differences: [] });
});

afterAll(() => app?.close());

describe('a file of earnings', () => {
  it('that a spreadsheet saved with semicolons, quotes and a byte order mark is settled line by line', async () => {
    const csv =
      '\ufeff"Reference";"TLC license number";"Lease number";"Amount";"Min take home"\r\n' +
      '"EARN ""A""; week 44";5012345;"LS-1";" 60.00 ";\r\n' +
      ';;;;\r\n' +
      'EARN-B;"5012345";;"40.00";"25%"\r\n' +
      'EARN-C;5012346;;10;"5.00"\r\n';
    const run = await settle(csv);
    expect(run).toMatchObject({
      status: 'COMPLETED',
      dry_run: false,
      lines_total: 3,
      lines_paid: 2,
      lines_nothing_due: 1,
      total_earnings: '110.00',
      total_applied: '90.00',
      total_net: '20.00',
      lines: [],
    });
    expect(await linesOf(run)).toMatchObject([
      { line_number: 2, source_id: 'EARN "A"; week 44', lease_number: 'LS-1', applied: '60.00', net: '0.00' },
      { line_number: 4, source_id: 'EARN-B', lease_number: null, applied: '30.00', net: '10.00' },
      { line_number: 5, source_id: 'EARN-C', applied: '0.00', net: '10.00', min_take_home: '5.00' },
    ]);
    // first the 50.00 of the named lease, although TAXES come before MISC
    const { body } = await app
      .as('FINANCE')
      .get<Page<object>>(`/ledger/balances?driver_id=${owing.driver_id}&category=MISC`);
    expect(body.items).toMatchObject([{ outstanding_balance: '0.00' }]);
  });

  it('is the same run when it is sent again, and as the same lines in JSON', async () => {
    const [first, second] = [reference(), reference()];
    const csv = `${HEADER}5012345,LS-1,1.50,${first}\n5012346,,2.00,${second}\n`;
    const { run_id, lines } = await settle(csv);
    expect(lines).toEqual([]);
    const before = await dumpTables(app.db, WRITTEN);
    expect(await settle(csv)).toMatchObject({ run_id });
    expect(await settle(csv.replaceAll(',', ';').replaceAll('\n', '\r\n\r\n'))).toMatchObject({ run_id });
    const json = {
      payment_period_start: '2025-11-02',
      lines: [
        { tlc_license_number: '5012345', lease_id: owing.lease_id, amount: '1.50', source_id: first },
        { tlc_license_number: '5012346', amount: '2.00', source_id: second },
      ],
    };
    expect(await send(json, '', 'application/json')).toMatchObject({ status: 201, body: { run_id } });
    expect(await dumpTables(app.db, WRITTEN)).toEqual(before);
    const other = await settle(csv.replace('1.50', '1.51'));
    expect(other.run_id).not.toBe(run_id);
    expect(other.lines).toMatchObject([{ error: { code: 'SOURCE_ALREADY_POSTED' } }, {}]);
  });

  it('is a new run after one that rejected a line, because the reason may be mended', async () => {
    const csv = `${HEADER}5012345,,1.50,${reference()}\n5088888,,2.00,${reference()}\n`;
    const rejecting = await settle(csv);
    expect(rejecting.lines).toMatchObject([{ line_number: 3, error: { code: 'DRIVER_UNKNOWN' } }]);
    await aDriver(app, { tlc_license_number: '5088888' });
    const preview = await settle(csv, `${WEEK}&dry_run=true`);
    expect(preview).toMatchObject({ run_id: null, lines_nothing_due: 1, lines_rejected: 1 });
    const mended = await settle(csv);
    expect(mended.run_id).not.toBe(rejecting.run_id);
    expect(mended).toMatchObject({ lines_paid: 0, lines_nothing_due: 1, lines_rejected: 1 });
    expect(mended.lines).toMatchObject([{ line_number: 2, error: { code: 'SOURCE_ALREADY_POSTED' } }]);
  });

  it('is answered in a dry run as it will be settled, and nothing is written', async () => {
    const csv = `${HEADER}5012345,,20.00,${reference()}\n5012346,,x,${reference()}\n5012346,,30.00,${reference()}\n`;
    const before = await dumpTables(app.db, WRITTEN);
    const { lines: previewed, ...preview } = await settle(csv, `${WEEK}&min_take_home=25%25&dry_run=true`);
    expect(await dumpTables(app.db, WRITTEN)).toEqual(before);
    const { lines: rejected, ...run } = await settle(csv, `${WEEK}&min_take_home=25%25`);
    const now = expect.any(String) as string;
    expect(preview).toEqual({ ...run, run_id: null, dry_run: true, started_at: now, completed_at: now });
    expect(run).toMatchObject({ total_applied: '15.00', lines_rejected: 1 });
    const lines = await linesOf(run);
    expect(previewed).toEqual(lines.map((line) => ({ ...line, posting_id: null })));
    expect(rejected).toEqual(lines.filter(({ status }) => status === 'REJECTED'));
  });

  it('has each bad row rejected by its line with the reason, and the others settled', async () => {
    const { lease_id } = await aBorrower(app);
    const [{ lease_number }] = await app.db.query<[{ lease_number: string }]>(
      'SELECT lease_number FROM leases WHERE id = $1',
      [lease_id],
    );
    const good = reference();
    const rows = [
      `5012346,,10.00,${good},`,
      `5012346,,"12,5",${reference()},`,
      `,,,${reference()},`,
      `5012346,,#N/A,${reference()},`,
      `5012346,,10.00,${reference()}`,
      `5012346,LS-9,10.00,${reference()},`,
      `5012346,${lease_number},10.00,${reference()},`,
      `5012346,,0.00,${reference()},`,
      `5012346,,10.00,${reference()},half`,
      `5012346,,20.00,${good},`,
    ];
    const run = await settle(`${HEADER.trim()},min_take_home\n${rows.join('\n')}\n`);
    expect(run).toMatchObject({ lines_total: 10, lines_nothing_due: 1, lines_rejected: 9 });
    expect(run.lines.map(({ line_number, error }) => [line_number, error?.code, error?.message])).toEqual([
      [
        3,
        'VALIDATION_FAILED',
        'amount "12,5": must be an amount such as "1500.00": digits, and at most two decimals after a point; no currency sign, no commas.',
      ],
      [4, 'VALIDATION_FAILED', 'tlc_license_number: is missing. amount: is missing.'],
      [5, 'VALIDATION_FAILED', 'amount "#N/A": contains a spreadsheet error; enter the value.'],
      [6, 'VALIDATION_FAILED', 'The row has 4 cells, but the header has 5.'],
      [7, 'LEASE_UNKNOWN', 'There is no lease LS-9.'],
      [8, 'LEASE_DRIVER_MISMATCH', `The driver with the TLC number 5012346 has no lease ${lease_number}.`],
      [9, 'VALIDATION_FAILED', 'amount must be greater than 0.00.'],
      [
        10,
        'VALIDATION_FAILED',
        'min_take_home must be an amount such as 150.00, or a percentage such as 25% (got half).',
      ],
      [11, 'SOURCE_ALREADY_POSTED', `Line 2 has the same reference ${good}.`],
    ]);
    const sheet = await download(app, `${PATH}/${run.run_id}/lines/export/csv?status=REJECTED`);
    expect(readCsv(sheet.bytes)[0]).toMatchObject({ line_number: '3', amount: '', source_id: '' });
  });

  it('has the reference of an earlier row found far below it', async () => {
    const twice = reference();
    const between = Array.from({ length: 1_500 }, () => `5012346,,0.01,${reference()}\n`).join('');
    const run = await settle(
      `${HEADER}5012346,,0.01,${twice}\n${between}5012346,,0.02,${twice}\n5012345,,0.03,${twice}\n`,
    );
    expect(run).toMatchObject({ lines_total: 1_503, lines_nothing_due: 1_501, total_net: '15.01' });
    expect(run.lines.map(({ line_number, error }) => [line_number, error?.message])).toEqual([
      [1_503, `Line 2 has the same reference ${twice}.`],
      [1_504, `Line 2 has the same reference ${twice}.`],
    ]);
  });

  it('is answered in a dry run with its rejected rows alone if it has more than 10,000', async () => {
    const rows = Array.from({ length: 10_000 }, () => `5012346,,0.01,${reference()}\n`).join('');
    const preview = await settle(`${HEADER}${rows}9999999,,0.01,${reference()}\n`, `${WEEK}&dry_run=true`);
    expect(preview).toMatchObject({ lines_total: 10_001, lines_nothing_due: 10_000, lines_rejected: 1 });
    expect(preview.lines.map(({ line_number }) => line_number)).toEqual([10_002]);
  });

  it('is settled once under one Idempotency-Key', async () => {
    const csv = `${HEADER}5012346,,1.00,${reference()}\n`;
    const keyed = (body: string) => send(body, WEEK, 'text/csv', { 'idempotency-key': 'WEEK-44' });
    const first = await keyed(csv);
    const again = await keyed(csv);
    expect(again.body.run_id).toBe(first.body.run_id);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expectProblem(await keyed(csv.replace('1.00', '2.00')), 422, 'IDEMPOTENCY_KEY_REUSED');
  });
});

describe('a refused file', () => {
  const row = '5012346,,1.00,X\n';

  it.each([
    ['is empty', '', 'IMPORT_FILE_INVALID', /^The file is empty\.$/],
    ['has no rows', HEADER, 'IMPORT_FILE_INVALID', /^The file has a header but no rows\.$/],
    ['has another header', 'driver,amount\n', 'IMPORT_HEADER_INVALID', /"reference" is missing/],
    ['breaks off in a cell', `${HEADER}${row}"5012346`, 'IMPORT_FILE_INVALID', /line 3 is never closed/],
  ])('%s', async (_, csv, code, sentence) => {
    expect(expectProblem(await send(csv), 400, code).detail).toMatch(sentence);
  });

  it('has more than 100,000 rows or more than IMPORT_MAX_BYTES', async () => {
    const before = await dumpTables(app.db, WRITTEN);
    const many = HEADER + row.repeat(100_001);
    const { detail } = expectProblem(await send(many), 400, 'IMPORT_FILE_INVALID');
    expect(detail).toBe('The file has more than 100000 rows. Split it into smaller files.');
    const large = HEADER + row.repeat(MAX_BYTES / row.length);
    expectProblem(await send(large), 413, 'BODY_TOO_LARGE');
    expect(await dumpTables(app.db, WRITTEN)).toEqual(before);
  });

  it('comes without its week, with a wrong one or with terms that it cannot have', async () => {
    const csv = HEADER + row;
    expectFieldErrors(await send(csv, ''), 'payment_period_start');
    expectFieldErrors(await send(csv, `${WEEK}&min_take_home=half`), 'min_take_home');
    expectFieldErrors(await send(csv, `${WEEK}&lines=1`), 'lines');
    expectProblem(await send(csv, 'payment_period_start=2025-11-03'), 400, 'PERIOD_NOT_A_PAYMENT_WEEK');
    expectProblem(await send(csv, 'payment_period_start=2025-11-09'), 400, 'PAYMENT_WEEK_OUT_OF_RANGE');
  });

  it('is of another type, or of a user who may not settle', async () => {
    const problem = expectProblem(
      await send(HEADER + row, WEEK, 'text/plain'),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    );
    expect(problem.detail).toBe('Send the body as application/json, or a file as text/csv.');
    const headers = { 'content-type': 'text/csv' };
    const answer = await app.as('MANAGER').post(`${PATH}?${WEEK}`, HEADER + row, headers);
    expectProblem(answer, 403, 'PERMISSION_MISSING');
  });

  it('has its terms in the query, JSON in its body', async () => {
    const line = { driver_id: owing.driver_id, amount: '1.00', source_id: reference() };
    const json = { payment_period_start: '2025-11-02', lines: [line] };
    expectFieldErrors(await send(json, 'dry_run=true', 'application/json'), 'dry_run');
    expectFieldErrors(await send(json, WEEK, 'application/json'), 'payment_period_start');
  });
});
