import type { Page } from '../../src/platform/database/page.js';
import type {
  SettlementLineResponse,
  SettlementResultResponse,
  SettlementRunResponse,
} from '../../src/modules/ledger/settlement/settlement.response.js';
import type { ApiClient } from '../support/api-client.js';
import { download, readCsv, readExcel } from '../support/download.js';
import type { BorrowerRef } from '../support/borrower-ref.js';
import { aBorrower, aDriver, aLease } from '../support/factories.js';
import { LedgerClient } from '../support/ledger-client.js';
import { getPdf, pagesOf } from '../support/pdf.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

const PATH = '/ledger/settlement-runs';

let app: TestApp;
let finance: ApiClient;
/** Owes 200.00 under one lease */
let owing: BorrowerRef;
let run: SettlementResultResponse;

const earnings = (driver: object, amount: string, source_id: string) => ({ ...driver, amount, source_id });

const settle = (lines: readonly object[], more: object = {}) =>
  finance.post<SettlementResultResponse>(PATH, { payment_period_start: '2025-11-02', lines, ...more });

const linesOf = async (query: string): Promise<Page<SettlementLineResponse>> =>
  (await finance.get<Page<SettlementLineResponse>>(`${PATH}/${run.run_id}/lines?${query}`)).body;

beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-04T09:00:00-05:00' });
  finance = app.as('FINANCE');
  const payer = await aDriver(app, {
    tlc_license_number: '5012345',
    first_name: 'Amara',
    last_name: 'Diallo',
  });
  const { id: lease_id } = await aLease(app, { driver_id: payer.id, lease_number: 'LS-1001' });
  owing = { driver_id: payer.id, lease_id };
  await new LedgerClient(app).owe(owing, { amount: '200.00' });
  const { driver_id } = await aBorrower(app);
  const answer = await settle([
    earnings({ tlc_license_number: '5012345', lease_id }, '500.00', 'EARN-1'),
    earnings({ driver_id }, '400.00', 'EARN-2'),
    earnings({ tlc_license_number: '9999999' }, '300.00', 'EARN-3'),
  ]);
  expect(answer.status).toBe(201);
  run = answer.body;
});

afterAll(() => app.close());

describe('a settlement run', () => {
  it('is answered with its totals and the rejected lines', () => {
    expect(run).toMatchObject({
      status: 'COMPLETED',
      dry_run: false,
      lines_total: 3,
      lines_paid: 1,
      lines_nothing_due: 1,
      lines_rejected: 1,
      total_earnings: '900.00',
      total_applied: '200.00',
      total_net: '700.00',
      by_category: [{ category: 'LEASE', amount: '200.00' }],
      lines: [{ line_number: 3, status: 'REJECTED', error: { code: 'DRIVER_UNKNOWN' } }],
    });
  });

  it('can be read again, alone and in the list', async () => {
    const { lines: _lines, ...kept } = run;
    expect((await finance.get(`${PATH}/${run.run_id}`)).body).toEqual(JSON.parse(JSON.stringify(kept)));
    const { by_category: _paid, lines_voided: _voided, total_voided: _total, ...listed } = kept;
    const list = await finance.get<Page<SettlementRunResponse>>(PATH);
    expect(list.body.items).toEqual([listed]);
  });

  it.each([
    ['status=COMPLETED', 1],
    ['status=RUNNING', 0],
    ['period_from=2025-11-02', 1],
    ['period_from=2025-11-09', 0],
    ['period_to=2025-11-02', 1],
    ['period_to=2025-10-26', 0],
    ['started_by=9999', 0],
  ])('is listed by %s', async (query, total) => {
    expect((await finance.get<Page<object>>(`${PATH}?${query}`)).body.total).toBe(total);
  });

  it('is recorded in the audit log with its user', async () => {
    const { body: me } = await finance.get<{ id: number }>('/auth/me');
    const { body } = await app.as('ADMIN').get<Page<object>>(`/audit?record_id=${run.run_id}`);
    expect(body.items).toMatchObject([
      { action: 'ledger.settle', record_type: 'settlement_run', actor_id: me.id, after: { lines_total: 3 } },
    ]);
  });

  it.each([
    ['', ['EARN-1', 'EARN-2', 'EARN-3']],
    ['sort_order=desc&page_size=2', ['EARN-3', 'EARN-2']],
    ['sort_order=desc&page_size=2&page=2', ['EARN-1']],
    ['status=NOTHING_DUE', ['EARN-2']],
    ['q=diallo', ['EARN-1']],
    ['q=5012345', ['EARN-1']],
    ['q=9999999', ['EARN-3']],
    ['q=EARN-2', ['EARN-2']],
    ['q=EARN-2&status=PAID', []],
  ])('lists its lines: %s', async (query, references) => {
    expect((await linesOf(query)).items.map(({ source_id }) => source_id)).toEqual(references);
  });

  it('lists what each line paid, and the net pay', async () => {
    expect((await linesOf('q=EARN-1')).items).toEqual([
      {
        line_number: 1,
        driver_id: owing.driver_id,
        tlc_license_number: '5012345',
        driver_name: 'Amara Diallo',
        lease_id: owing.lease_id,
        lease_number: 'LS-1001',
        amount: '500.00',
        min_take_home: '0.00',
        source_id: 'EARN-1',
        status: 'PAID',
        applied: '200.00',
        net: '300.00',
        posting_id: expect.stringMatching(/^LP-2025-\d{6}$/),
        allocations_count: 1,
        error: null,
      },
    ]);
  });
});

describe('the net sheet', () => {
  const TOTALS = { amount: '900.00', applied: '200.00', net: '700.00' };

  it('has the lines with their totals in JSON; a rejected line does not count', async () => {
    const { body } = await finance.get(`${PATH}/${run.run_id}/lines/export/json`);
    expect(body).toMatchObject({
      title: 'Net pay',
      count: 3,
      totals: TOTALS,
      items: (await linesOf('')).items,
    });
  });

  it('has the same lines in CSV and Excel, with the reason of a rejection', async () => {
    const csv = readCsv(
      (await download(app, `${PATH}/${run.run_id}/lines/export/csv?status=REJECTED`)).bytes,
    );
    expect(csv).toMatchObject([
      {
        source_id: 'EARN-3',
        error_code: 'DRIVER_UNKNOWN',
        error_message: 'There is no driver with the TLC number 9999999.',
      },
    ]);
    const file = await download(app, `${PATH}/${run.run_id}/lines/export/excel`);
    expect(file.fileName).toBe('net-pay-sr-2025-000001-2025-11-04.xlsx');
    const [sheet] = (await readExcel(file.bytes)).worksheets;
    expect(sheet?.getSheetValues().at(-1)).toEqual(expect.arrayContaining([900, 200, 700]));
  });

  it('prints names, amounts and totals', async () => {
    const { file } = await getPdf(app, `${PATH}/${run.run_id}/lines/export/pdf`);
    const [page] = pagesOf(file);
    expect(page).toContain('Amara Diallo');
    expect(page).toContain('Total of 2 of 3 rows, without rejected and voided lines');
    expect(page).toContain('700.00');
  });
});

describe('a refused request', () => {
  it('needs ledger:post to settle and ledger:view to read', async () => {
    const lines = [earnings(owing, '1.00', 'EARN-9')];
    const body = { payment_period_start: '2025-11-02', lines };
    expectProblem(await app.as('MANAGER').post(PATH, body), 403, 'PERMISSION_MISSING');
    expect((await app.as('MANAGER').get(`${PATH}/${run.run_id}/lines`)).status).toBe(200);
  });

  it.each(['', '/lines', '/lines/export/csv'])('names a run that does not exist: %s', async (rest) => {
    expectProblem(await finance.get(`${PATH}/SR-2025-999999${rest}`), 404, 'SETTLEMENT_RUN_NOT_FOUND');
  });

  it('has no line, more than 10,000, or a malformed one', async () => {
    const line = earnings(owing, '1.00', 'X');
    for (const lines of [[], Array.from({ length: 10_001 }, () => ({}))]) {
      expectProblem(await settle(lines), 400, 'VALIDATION_FAILED');
    }
    expectFieldErrors(await settle([line, { ...line, amount: '1.005' }]), 'lines.1.amount');
    expectFieldErrors(await settle([line], { min_take_home: 'half' }), 'min_take_home');
  });

  it('names another day than a Sunday, or a week too far back', async () => {
    const lines = [earnings(owing, '1.00', 'X')];
    const of = (payment_period_start: string) => settle(lines, { payment_period_start });
    expectProblem(await of('2025-11-03'), 400, 'PERIOD_NOT_A_PAYMENT_WEEK');
    expectProblem(await of('2025-11-09'), 400, 'PAYMENT_WEEK_OUT_OF_RANGE');
  });
});

it('settles 10,000 lines of one request', async () => {
  const lines = Array.from({ length: 10_000 }, (_, index) =>
    earnings({ driver_id: owing.driver_id }, '0.01', `MANY-${index}`),
  );
  const { status, body } = await settle(lines);
  expect(status).toBe(201);
  expect(body).toMatchObject({
    status: 'COMPLETED',
    lines_nothing_due: 10_000,
    total_net: '100.00',
    lines: [],
  });
});
