import type { BalanceResponse } from '../../src/modules/ledger/balances/balance.response.js';
import { ChargeImportRepository } from '../../src/modules/ledger/obligations/import/charge-import.repository.js';
import type { Page } from '../../src/platform/database/page.js';
import type { ImportReportResponse } from '../../src/platform/import/import-report.response.js';
import type { ApiAnswer } from '../support/api-client.js';
import { aDriver, aLease } from '../support/factories.js';
import { LedgerClient } from '../support/ledger-client.js';
import { expectProblem } from '../support/problem.js';
import { dumpTables } from '../support/table-dump.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

const PATH = '/ledger/obligations/import';
const HEADER =
  'tlc_license_number,lease_number,category,amount,reference,payment_period_start,due_date,description';
const WEEK = '2025-11-02';

let app: TestApp;
/** The driver 5056789, with an older and a latest lease */
let driver: { driver_id: number; lease_id: number };
let latest: number;

beforeEach(async () => {
  app = await startTestApp({ now: '2025-11-05T09:00:00-05:00' });
  const { id } = await aDriver(app, { tlc_license_number: '5056789' });
  const older = await aLease(app, { driver_id: id, lease_number: 'LS-OLD', start_date: '2024-01-07' });
  latest = (await aLease(app, { driver_id: id, lease_number: 'LS-NEW' })).id;
  driver = { driver_id: id, lease_id: older.id };
  const away = await aDriver(app, { tlc_license_number: 'AWAY', status: 'INACTIVE' });
  await aLease(app, { driver_id: away.id, lease_number: 'LS-AWAY', status: 'TERMINATED' });
  await aDriver(app, { tlc_license_number: 'NO-LEASE' });
  await app.as('FINANCE').get('/auth/me');
});

afterEach(() => app.close());

const send = (csv: string, query = '', user = app.as('FINANCE')): Promise<ApiAnswer<ImportReportResponse>> =>
  user.post<ImportReportResponse>(PATH + query, csv);

const fileOf = (...rows: string[]): string => [HEADER, ...rows].join('\n');

const sendRows = (...rows: string[]): Promise<ApiAnswer<ImportReportResponse>> => send(fileOf(...rows));

const balances = async (): Promise<BalanceResponse[]> =>
  (
    await app
      .as('FINANCE')
      .get<Page<BalanceResponse>>('/ledger/balances?sort_by=original_amount&sort_order=asc&page_size=200')
  ).body.items;

/** All that an import writes, and the positions of all sequences. */
const books = async (): Promise<object> => ({
  ...(await dumpTables(app.db, [
    'ledger_postings',
    'ledger_balances',
    'payment_allocations',
    'audit_log',
    'outbox',
  ])),
  numbers: await app.db.query(
    `SELECT sequencename, last_value FROM pg_sequences WHERE sequencename <> 'dry_run_number' ORDER BY 1`,
  ),
});

const TOLLS = '5056789,,ezpass,38.25,EZ-1,,,';
const TICKET = '5056789,LS-OLD,PVB,115.00,PVB-1,10/26/2025,11/14/2025,"Bus lane, 34th Street"';
const REPAIR = 'away ,LS-AWAY,REPAIRS,260.50,WS-1,2025-11-09,,';

describe('the import of charges', () => {
  it('records each charge once: the same file again changes nothing, also in a later week', async () => {
    const file = fileOf(TOLLS, TICKET, REPAIR);
    expect((await send(file)).body).toMatchObject({ rows: 3, created: 3, rejected: 0 });
    const reference_type = 'IMPORTED_CHARGE';
    expect(await balances()).toMatchObject([
      {
        ...{ ...driver, lease_id: latest, category: 'EZPASS', reference_type, reference_id: 'EZ-1' },
        ...{
          original_amount: '38.25',
          payment_period_start: WEEK,
          due_date: '2025-11-08',
          description: null,
        },
      },
      {
        ...{ ...driver, category: 'PVB', reference_type, reference_id: 'PVB-1', original_amount: '115.00' },
        ...{
          payment_period_start: '2025-10-26',
          due_date: '2025-11-14',
          description: 'Bus lane, 34th Street',
        },
      },
      { category: 'REPAIRS', reference_id: 'WS-1', payment_period_start: '2025-11-09', status: 'OPEN' },
    ]);
    const before = await books();
    expect((await send(file)).body).toMatchObject({ unchanged: 3, created: 0, rejected: 0 });
    // the week of TICKET can have no new charge by now
    app.clock.set('2027-01-06T09:00:00-05:00');
    expect((await send(file)).body).toMatchObject({ unchanged: 3, created: 0, rejected: 0 });
    expect(await books()).toEqual(before);
  });

  it('writes the same audit entry and event as POST /ledger/obligations, credits included', async () => {
    const ledger = new LedgerClient(app);
    const one = { category: 'MISC', amount: '30.00', reference_type: 'IMPORTED_CHARGE' };
    await ledger.pay({ ...driver, lease_id: latest }, '20.00');
    await ledger.owe({ ...driver, lease_id: latest }, { ...one, reference_id: 'FORM' });
    await ledger.pay({ ...driver, lease_id: latest }, '30.00');
    await sendRows('5056789,,MISC,30.00,FILE,,,', '5056789,,DEPOSITS,1.00,UNPAID,,,');
    const charges = `SELECT posting_id FROM ledger_postings WHERE kind = 'CHARGE'`;
    const own = (id: string): object => ({
      ...{ credit_used: '20.00', posting: { amount: '30.00', source_id: id } },
      balance: { payment_applied: '20.00', reference_id: id },
    });
    const entries = await app.db.query<{ action: string; after: { posting: object; balance: object } }[]>(
      `SELECT action, after FROM audit_log WHERE record_id IN (${charges}) ORDER BY id`,
    );
    expect(entries).toMatchObject([
      { action: 'ledger.obligation', after: own('FORM') },
      { action: 'ledger.obligation', after: own('FILE') },
      { action: 'ledger.obligation', after: { credit_used: '0.00', balance: { reference_id: 'UNPAID' } } },
    ]);
    const [form, file] = entries;
    for (const part of ['posting', 'balance'] as const) {
      expect(Object.keys(file!.after[part])).toEqual(Object.keys(form!.after[part]));
    }
    const events = await app.db.query<object[]>(
      `SELECT type AS action, payload AS after FROM outbox WHERE aggregate_id IN (${charges}) ORDER BY id`,
    );
    expect(events).toEqual(entries);
  });

  it('reports each invalid row, and records the others', async () => {
    await sendRows(TICKET);
    const { body } = await sendRows(
      'UNKNOWN,,EZPASS,1.00,R-2,,,',
      'NO-LEASE,,EZPASS,1.00,R-3,,,',
      '5056789,LS-AWAY,EZPASS,1.00,R-4,,,',
      '5056789,LS-NONE,EZPASS,1.00,R-5,,,',
      '5056789,,EARNINGS,$1,,2025-02-30,,',
      '5056789,,EZPASS,1.00,R-7,2025-11-03,,',
      '5056789,,EZPASS,0.00,R-8,,,',
      '5056789,,EZPASS,100000.01,R-9,,,',
      '5056789,,EZPASS,1.00,R-10,2024-10-27,,',
      '5056789,,EZPASS,1.00,R-11,,2025-11-01,',
      'AWAY,LS-OLD,TLC,115.01,PVB-1,2025-11-02,2025-11-08,',
      TOLLS,
      TOLLS,
    );
    expect(body).toMatchObject({ rows: 13, created: 1, rejected: 12 });
    const taken = (value: string): unknown =>
      expect.stringMatching(`^LP-2025-\\d{6} already has the reference PVB-1, with ${value}\\.$`);
    expect(body.errors.map(({ line, field, code, reason }) => [line, field, code, reason])).toEqual([
      [2, 'tlc_license_number', 'DRIVER_UNKNOWN', 'There is no driver with the TLC license UNKNOWN.'],
      [
        3,
        'tlc_license_number',
        'LEASE_DRIVER_MISMATCH',
        'The driver with the TLC license NO-LEASE has no lease.',
      ],
      [
        4,
        'lease_number',
        'LEASE_DRIVER_MISMATCH',
        expect.stringMatching(/^Lease LS-AWAY does not belong .* 5056789\.$/),
      ],
      [5, 'lease_number', 'LEASE_UNKNOWN', 'There is no lease LS-NONE.'],
      [6, 'category', 'VALIDATION_FAILED', expect.stringMatching(/^category must be one of TAXES, EZPASS/)],
      [6, 'amount', 'VALIDATION_FAILED', expect.stringMatching(/^amount must be an amount/)],
      [6, 'reference', 'VALIDATION_FAILED', 'reference is missing.'],
      [6, 'payment_period_start', 'VALIDATION_FAILED', expect.stringMatching(/must be a valid date/)],
      [7, 'payment_period_start', 'PERIOD_NOT_A_PAYMENT_WEEK', expect.stringMatching(/is not a Sunday/)],
      [8, 'amount', 'VALIDATION_FAILED', 'amount must be greater than 0.00.'],
      [9, 'amount', 'AMOUNT_OUT_OF_RANGE', expect.stringMatching(/^amount must be at most/)],
      [10, 'payment_period_start', 'PAYMENT_WEEK_OUT_OF_RANGE', expect.stringMatching(/must be between/)],
      [11, 'due_date', 'DUE_DATE_OUT_OF_RANGE', expect.stringMatching(/must be between/)],
      [12, 'tlc_license_number', 'SOURCE_ALREADY_POSTED', taken('5056789')],
      [12, 'category', 'SOURCE_ALREADY_POSTED', taken('PVB')],
      [12, 'amount', 'SOURCE_ALREADY_POSTED', taken('115.00')],
      [12, 'payment_period_start', 'SOURCE_ALREADY_POSTED', taken('2025-10-26')],
      [12, 'due_date', 'SOURCE_ALREADY_POSTED', taken('2025-11-14')],
      [14, null, 'IMPORT_ROW_DUPLICATE', 'EZ-1 is already on line 13.'],
    ]);
    expect(await balances()).toMatchObject([{ reference_id: 'EZ-1' }, { reference_id: 'PVB-1' }]);
  });

  it('writes nothing in a dry run, nor in all-or-nothing mode with an invalid row', async () => {
    const before = await books();
    const dry = await send(fileOf(TOLLS, TICKET), '?dry_run=true');
    expect(dry.body).toMatchObject({ applied: false, created: 2 });
    expect(await books()).toEqual(before);
    const rejected = await send(fileOf(TOLLS, 'UNKNOWN,,PVB,1.00,X,,,'), '?all_or_nothing=true');
    expect(expectProblem(rejected, 400, 'IMPORT_REJECTED').errors).toMatchObject([{ line: 3 }]);
    expect(await balances()).toEqual([]);
  });

  it('records each charge once when the file is sent by several users at once', async () => {
    const rows = Array.from(
      { length: 1_200 },
      (_, row) => `5056789,,EZPASS,0.${10 + (row % 90)},M-${row},,,`,
    );
    const file = fileOf(...rows);
    const answers = await Promise.all([send(file), send(file, '', app.as('ADMIN')), send(file)]);
    expect(answers.filter(({ body }) => body.created === 1_200)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      expectProblem(answer, 409, 'IMPORT_IN_PROGRESS');
    }
    expect((await send(file)).body).toMatchObject({ unchanged: 1_200, created: 0 });
    expect(await app.db.query('SELECT count(*)::integer AS count FROM ledger_postings')).toEqual([
      { count: 1_200 },
    ]);
  });

  it('finds a charge that a request records during the import, and records the others', async () => {
    const repository = app.get(ChargeImportRepository);
    const find = repository.findRecorded.bind(repository);
    jest.spyOn(repository, 'findRecorded').mockImplementationOnce(async (...asked) => {
      const found = await find(...asked);
      const charge = { category: 'EZPASS', amount: '38.25', reference_type: 'IMPORTED_CHARGE' };
      await new LedgerClient(app).owe({ ...driver, lease_id: latest }, { ...charge, reference_id: 'EZ-1' });
      return found;
    });
    expect((await sendRows(TICKET, TOLLS)).body).toMatchObject({ created: 1, unchanged: 1, rejected: 0 });
    expect(await balances()).toHaveLength(2);
  });

  it('records a voided charge again, and names it as taken if another posting has its reference', async () => {
    await sendRows(TOLLS);
    const ledger = new LedgerClient(app);
    const [tolls] = await balances();
    await ledger.void(tolls!.posting_id);
    const corrected = TOLLS.replace('38.25', '83.25');
    expect((await sendRows(corrected)).body).toMatchObject({ created: 1 });
    await ledger.pay(driver, '1.00', { source_type: 'IMPORTED_CHARGE', source_id: 'PAID' });
    const { errors } = (await sendRows(TOLLS, '5056789,,EZPASS,1.00,PAID,,2025-11-08,')).body;
    expect(errors.map(({ line, field, reason }) => [line, field, reason.replace(/.*with /, '')])).toEqual([
      [2, 'amount', '83.25.'],
      [3, 'category', 'EARNINGS.'],
      [3, 'due_date', 'no due date.'],
    ]);
  });

  it('needs ledger:post', async () => {
    expectProblem(await send(fileOf(TOLLS), '', app.as('MANAGER')), 403, 'PERMISSION_MISSING');
    expect(await balances()).toEqual([]);
  });
});
