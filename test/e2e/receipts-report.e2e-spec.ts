import type {
  ReceiptsResponse,
  ReceiptsRowResponse,
} from '../../src/modules/ledger/receipts/receipts.response.js';
import { printedDate } from '../../src/platform/pdf/printed.js';
import { download, readCsv } from '../support/download.js';
import { aLease, aLoan } from '../support/factories.js';
import type { BorrowerRef } from '../support/borrower-ref.js';
import { LedgerClient } from '../support/ledger-client.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import { tamper } from '../support/tampering.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

let app: TestApp;
let ledger: LedgerClient;
let account: BorrowerRef;
let clerk: { readonly id: number; readonly name: string };

/** Each test has its own day, late in the evening in New York: in UTC it is the next day. */
let days = 0;
const nextDay = (): string => {
  days += 1;
  const day = `2025-11-${String(days + 4).padStart(2, '0')}`;
  app.clock.set(`${day}T23:30:00-05:00`);
  return day;
};

beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-02T09:00:00-05:00' });
  ledger = new LedgerClient(app);
  clerk = (await app.as('FINANCE').get<{ id: number; name: string }>('/auth/me')).body;
});

afterAll(() => app.close());

beforeEach(async () => {
  const lease = await aLease(app);
  account = { driver_id: lease.driver_id, lease_id: lease.id };
});

const report = async (query: string): Promise<ReceiptsResponse> => {
  const answer = await app.as('MANAGER').get<ReceiptsResponse>(`/ledger/reports/receipts?${query}`);
  expect(answer.status).toBe(200);
  return answer.body;
};

const row = (of: Partial<ReceiptsRowResponse>): ReceiptsRowResponse => ({
  day: null,
  method: null,
  posted_by: null,
  posted_by_name: null,
  category: null,
  receipts: 1,
  received: '0.00',
  refunds: 0,
  refunded: '0.00',
  ...of,
});

const payment = { payment_period_start: '2025-11-02' };

describe('the receipts report', () => {
  it('contains received money only: no charges, reversals or voided payments', async () => {
    const day = nextDay();
    const charge = await ledger.owe(account, { category: 'PVB', amount: '65.00' });
    await ledger.void(charge.posting_id);
    await ledger.pay(account, '30.00', payment);
    const { posting } = await ledger.pay(account, '20.00', payment);
    await ledger.void(posting.posting_id);
    expect(await report(`from=${day}&to=${day}`)).toEqual({
      from: day,
      to: day,
      group_by: ['day'],
      rows: [row({ day, received: '30.00' })],
      totals: { receipts: 1, received: '30.00', refunds: 0, refunded: '0.00' },
    });
  });

  it('contains recoveries but no write-offs', async () => {
    const day = nextDay();
    const { loan_id } = await aLoan(app, { loan_amount: '100.00', start_week: '2025-11-02' });
    await app.as('FINANCE').post('/loans/installments/post', { loan_id });
    await app.as('ADMIN').post(`/loans/${loan_id}/write-off`, { reason: 'Left the country' });
    expect((await report(`from=${day}`)).totals.received).toBe('0.00');
    const recovery = { amount: '40.00', source_id: `RECOVERY-${loan_id}`, method: 'CHECK' };
    await app.as('FINANCE').post(`/loans/${loan_id}/recoveries`, recovery);
    expect((await report(`from=${day}&group_by=method,category`)).rows).toEqual([
      row({ method: 'CHECK', category: 'LOANS', received: '40.00' }),
    ]);
  });

  it('counts money on the day of its receipt, whenever it was posted', async () => {
    const [before, day] = [nextDay(), nextDay()];
    await ledger.pay(account, '12.00', { ...payment, received_on: before });
    await ledger.pay(account, '5.00', payment);
    expect((await report(`from=${before}&to=${day}`)).rows).toEqual([
      row({ day: before, received: '12.00' }),
      row({ day, received: '5.00' }),
    ]);
    expect((await report(`to=${before}`)).totals.received).toBe('12.00');
    expect(await report('')).toMatchObject({ from: day, to: day, totals: { received: '5.00' } });
  });

  it('counts money without a date of receipt on the day of its posting, in the time zone of the fleet', async () => {
    const day = nextDay();
    const { posting } = await ledger.pay(account, '7.00', { ...payment, method: 'CASH' });
    await tamper(
      app.db,
      `UPDATE ledger_postings SET received_on = NULL, payment_method = NULL WHERE posting_id = '${posting.posting_id}'`,
    );
    expect((await report(`from=${day}&to=${day}&group_by=day,method`)).rows).toEqual([
      row({ day, received: '7.00' }),
    ]);
  });

  it('splits money by the category that it paid, and shows the remainder as credit', async () => {
    const day = nextDay();
    await ledger.owe(account, { category: 'TAXES', amount: '10.00' });
    await ledger.owe(account, { category: 'LEASE', amount: '50.00' });
    await ledger.pay(account, '80.00', payment);
    const { rows, totals } = await report(`from=${day}&group_by=category`);
    expect(rows).toEqual([
      row({ category: 'TAXES', received: '10.00' }),
      row({ category: 'LEASE', received: '50.00' }),
      row({ category: 'CREDIT', received: '20.00' }),
    ]);
    expect(totals).toEqual({ receipts: 1, received: '80.00', refunds: 0, refunded: '0.00' });
  });

  it('is grouped by day, method, user and category, in any order of the parameters', async () => {
    const day = nextDay();
    await ledger.pay(account, '1.00', { ...payment, method: 'CHECK' });
    await ledger.pay(account, '2.00', { ...payment, method: 'CASH' });
    await ledger.pay(account, '3.00', { ...payment, method: 'CASH' });
    const by = { day, posted_by: clerk.id, posted_by_name: clerk.name, category: 'CREDIT' } as const;
    const query = `from=${day}&group_by=category,posted_by&group_by=method&group_by=day`;
    expect((await report(query)).rows).toEqual([
      row({ ...by, method: 'CASH', receipts: 2, received: '5.00' }),
      row({ ...by, method: 'CHECK', received: '1.00' }),
    ]);
  });

  it('shows refunds separately as money paid out', async () => {
    const day = nextDay();
    await ledger.pay(account, '9.00', payment);
    await tamper(
      app.db,
      `INSERT INTO ledger_postings (posting_id, driver_id, lease_id, posting_type, category, amount, source_type,
         source_id, payment_period_start, payment_period_end, status, posted_at, payment_method, received_on, row_hash)
       VALUES ('LP-2025-900001', ${account.driver_id}, ${account.lease_id}, 'DEBIT', 'EARNINGS', 4, 'REFUND', 'R-1',
         '2025-11-02', '2025-11-08', 'POSTED', now(), 'CHECK', '${day}', '')`,
    );
    const { rows, totals } = await report(`from=${day}&group_by=category`);
    const amounts = { receipts: 1, received: '9.00', refunds: 1, refunded: '4.00' };
    expect(rows).toEqual([row({ category: 'CREDIT', ...amounts })]);
    expect(totals).toEqual(amounts);
  });

  it.each(['json', 'csv', 'excel', 'pdf'])('is exported as %s', async (format) => {
    const day = nextDay();
    await ledger.pay(account, '30.00', { ...payment, method: 'CARD' });
    const query = `from=${day}&to=${day}&group_by=day,method`;
    const path = `/ledger/reports/receipts/export/${format}?${query}`;
    const file = await download(app, path);
    const extension = format === 'excel' ? 'xlsx' : format;
    expect([file.status, file.fileName]).toEqual([200, `receipts-${day}-to-${day}-made-${day}.${extension}`]);
    if (format === 'csv')
      expect(readCsv(file.bytes)).toMatchObject([{ day, method: 'CARD', received: '30.00' }]);
    if (format !== 'json') return;
    expect(JSON.parse(file.bytes.toString())).toMatchObject({
      filters: [
        { value: printedDate(day) },
        { value: printedDate(day) },
        { label: 'Grouped by', value: 'day, method' },
      ],
      items: (await report(query)).rows,
      totals: { received: '30.00', refunded: '0.00' },
    });
  });

  it.each([
    ['from', 'from=2025-02-30'],
    ['to', 'to=today'],
    ['group_by', 'group_by=driver'],
    ['group_by', 'group_by=day,day'],
    ['group_by', 'group_by='],
    ['group_by', 'group_by=day%3B%20DROP%20TABLE%20users'],
    ['page', 'page=2'],
  ])('is rejected for its %s: ?%s', async (field, query) => {
    expectFieldErrors(await app.as('MANAGER').get(`/ledger/reports/receipts?${query}`), field);
    expectFieldErrors(await app.as('MANAGER').get(`/ledger/reports/receipts/export/csv?${query}`), field);
  });

  it('covers at most a year, and requires ledger:view', async () => {
    const path = '/ledger/reports/receipts';
    const long = 'from=2024-11-01&to=2025-11-02';
    for (const query of [long, 'from=2025-11-02&to=2025-11-01']) {
      expectProblem(await app.as('MANAGER').get(`${path}?${query}`), 400, 'REPORT_PERIOD_INVALID');
      expectProblem(await app.as('MANAGER').get(`${path}/export/pdf?${query}`), 400, 'REPORT_PERIOD_INVALID');
    }
    expectProblem(await app.anonymous.get(path), 401, 'UNAUTHENTICATED');
  });
});
