import type {
  PaymentDetailResponse,
  PaymentListItem,
} from '../../src/modules/ledger/payments/history/payment-list.response.js';
import type { PaymentResponse } from '../../src/modules/ledger/payments/payment.response.js';
import type { ReceiptsResponse } from '../../src/modules/ledger/receipts/receipts.response.js';
import type { Page } from '../../src/platform/database/page.js';
import type { ApiClient } from '../support/api-client.js';
import { download } from '../support/download.js';
import { aDriver, aLease, aLoan } from '../support/factories.js';
import { LedgerClient } from '../support/ledger-client.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import { tamper } from '../support/tampering.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import { queryOf } from './support/query.js';
import type { Filters } from './support/query.js';

let app: TestApp;
let manager: ApiClient;
const ids = { amar: 0, ivan: 0, day: 0, night: 0, ivans: 0, clerk: 0 };
/** The letters of payments by posting id: a to d are payments, r is a recovery */
const letterOf = new Map<string, string>();
const idOf = (letter: string): string => [...letterOf].find(([, of]) => of === letter)?.[0] ?? '';

async function pay(letter: string, lease: 'day' | 'night' | 'ivans', amount: string, more: object) {
  app.clock.advanceDays(1);
  const { posting } = await new LedgerClient(app).pay(
    { driver_id: lease === 'ivans' ? ids.ivan : ids.amar, lease_id: ids[lease] },
    amount,
    { source_type: 'CASHIER', source_id: `RECEIPT-${letter}`, ...more },
  );
  letterOf.set(posting.posting_id, letter);
}

beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-02T23:30:00-05:00' });
  manager = app.as('MANAGER');
  const ledger = new LedgerClient(app);
  ids.clerk = (await app.as('FINANCE').get<{ id: number }>('/auth/me')).body.id;
  ids.amar = (await aDriver(app, { first_name: 'Amar', last_name: 'Quint' })).id;
  ids.ivan = (await aDriver(app, { first_name: 'Ivan', last_name: 'Zhukov' })).id;
  ids.day = (await aLease(app, { driver_id: ids.amar })).id;
  ids.night = (await aLease(app, { driver_id: ids.amar })).id;
  ids.ivans = (await aLease(app, { driver_id: ids.ivan })).id;
  const amar = { driver_id: ids.amar, lease_id: ids.day };
  await ledger.owe(amar, { category: 'TAXES', amount: '20.00' });
  await ledger.owe(amar, { category: 'PVB', amount: '65.00' });

  await pay('a', 'day', '30.00', { method: 'CASH' });
  await pay('b', 'night', '5.00', { method: 'CHECK', received_on: '2025-11-03' });
  await pay('c', 'ivans', '200.00', { method: 'CASH' });
  await pay('d', 'day', '70.00', { method: 'CARD', source_type: 'CARD_TERMINAL' });
  await ledger.void(idOf('d'));
  await app.as('ADMIN').post('/ledger/refunds', {
    driver_id: ids.ivan,
    amount: '50.00',
    method: 'CHECK',
    reference: 'CHECK-1',
    reason: 'Paid twice',
  });
  const { loan_id } = await aLoan(app, { loan_amount: '100.00', start_week: '2025-11-02' });
  await app.as('FINANCE').post('/loans/installments/post', { loan_id });
  await app.as('ADMIN').post(`/loans/${loan_id}/write-off`, { reason: 'Left the country' });
  app.clock.advanceDays(1);
  const recovery = { amount: '40.00', source_id: 'RECEIPT-r', method: 'CHECK' };
  const { body } = await app
    .as('FINANCE')
    .post<{ posting_id: string }>(`/loans/${loan_id}/recoveries`, recovery);
  letterOf.set(body.posting_id, 'r');
});

afterAll(() => app.close());

const list = async (filters: Filters): Promise<Page<PaymentListItem>> => {
  const answer = await manager.get<Page<PaymentListItem>>(`/ledger/payments?${queryOf(filters)}`);
  expect(answer.status).toBe(200);
  return answer.body;
};

const found = async (filters: Filters): Promise<string> =>
  (await list(filters)).items.map(({ posting_id }) => letterOf.get(posting_id) ?? '?').join('');

describe('GET /ledger/payments', () => {
  it('lists only money received, latest first, each as the list of postings shows it', async () => {
    const { items } = await list({});
    expect(items.map(({ posting_id }) => letterOf.get(posting_id))).toEqual([...'rdcba']);
    const postings = await manager.get<Page<Record<string, unknown>>>('/ledger/postings?posting_type=CREDIT');
    for (const { total_allocated, refunded, left_over, ...posting } of items) {
      expect(postings.body.items).toContainEqual(posting);
      const shown = await manager.get<PaymentDetailResponse>(`/ledger/payments/${posting.posting_id}`);
      expect(shown.body).toMatchObject({ total_allocated, refunded, left_over });
    }
  });

  it.each([
    ['a', { total_allocated: '30.00', refunded: '0.00', left_over: '0.00' }],
    ['c', { total_allocated: '0.00', refunded: '50.00', left_over: '150.00' }],
    ['d', { total_allocated: '50.00', refunded: '0.00', left_over: '0.00', status: 'VOIDED' }],
    ['r', { total_allocated: '0.00', refunded: null, left_over: null, kind: 'RECOVERY' }],
  ])('shows what became of the money of payment %s', async (letter, use) => {
    const { items } = await list({ q: idOf(letter) });
    expect(items).toMatchObject([use]);
  });

  it.each<[string, () => Filters, string]>([
    ['driver', () => ({ driver_id: ids.amar }), 'dba'],
    ['lease of the payment', () => ({ lease_id: ids.night }), 'b'],
    ['method', () => ({ method: 'CASH' }), 'ca'],
    ['source type', () => ({ source_type: 'CARD_TERMINAL' }), 'd'],
    ['first day of receipt', () => ({ received_from: '2025-11-05' }), 'rdc'],
    ['last day of receipt', () => ({ received_to: '2025-11-03' }), 'ba'],
    ['one day of receipt', () => ({ received_from: '2025-11-05', received_to: '2025-11-05' }), 'c'],
    ['the user who posted', () => ({ posted_by: ids.clerk }), 'rdcba'],
    ['a user without payments', () => ({ posted_by: 2_147_483_647 }), ''],
    ['category that was paid', () => ({ category: 'TAXES' }), 'a'],
    ['category that several payments paid', () => ({ category: 'PVB' }), 'dba'],
    ['category of a recovery', () => ({ category: 'LOANS' }), 'r'],
    ['category of payments themselves, which pay nothing of it', () => ({ category: 'EARNINGS' }), ''],
    ['status', () => ({ status: 'VOIDED' }), 'd'],
    ['name', () => ({ q: 'zhuk' }), 'c'],
    ['source id', () => ({ q: 'RECEIPT-b' }), 'b'],
    ['posting id in lower case', () => ({ q: idOf('a').toLowerCase() }), 'a'],
    ['a text that nothing matches', () => ({ q: 'RECEIPT' }), ''],
    ['several filters', () => ({ driver_id: ids.amar, category: 'PVB', status: 'POSTED' }), 'ba'],
    ['amount', () => ({ sort_by: 'amount', sort_order: 'asc' }), 'bardc'],
    ['day of receipt', () => ({ sort_by: 'received_on', sort_order: 'asc' }), 'abcdr'],
    ['page', () => ({ page: 2, page_size: 2 }), 'cb'],
  ])('filters, sorts and pages by %s', async (_, filters, expected) => {
    expect(await found(filters())).toBe(expected);
  });

  it('adds up to the report of receipts, also for money without a recorded day of receipt', async () => {
    await tamper(app.db, `UPDATE ledger_postings SET received_on = NULL WHERE posting_id = '${idOf('c')}'`);
    expect(await found({ received_from: '2025-11-05' })).toBe('rdc');
    expect(await found({ received_to: '2025-11-05' })).toBe('cba');
    for (const day of ['2025-11-03', '2025-11-05', '2025-11-07']) {
      const file = await manager.get<{ totals: { amount: string }; count: number }>(
        `/ledger/payments/export/json?received_from=${day}&received_to=${day}`,
      );
      const { totals } = (
        await manager.get<ReceiptsResponse>(`/ledger/reports/receipts?from=${day}&to=${day}`)
      ).body;
      expect(file.body).toMatchObject({ totals: { amount: totals.received }, count: totals.receipts });
      expect(totals.receipts).toBeGreaterThan(0);
    }
    const all = await manager.get<{ totals: object }>('/ledger/payments/export/json');
    const { body } = await manager.get<ReceiptsResponse>('/ledger/reports/receipts?from=2025-11-01');
    const credits = await manager.get<{ total_left_over: string }>('/ledger/credits');
    expect(all.body.totals).toEqual({
      amount: body.totals.received,
      total_allocated: '35.00',
      refunded: body.totals.refunded,
      left_over: credits.body.total_left_over,
    });
  });

  it.each([
    ['csv', 'csv'],
    ['excel', 'xlsx'],
    ['pdf', 'pdf'],
  ])('is exported as %s', async (format, extension) => {
    const file = await download(app, `/ledger/payments/export/${format}?method=CASH&status=POSTED`);
    expect([file.status, file.fileName]).toEqual([200, `payments-cash-posted-2025-11-07.${extension}`]);
  });

  it.each([
    'method=GOLD',
    'received_from=2025-02-30',
    'category=NONE',
    'status=OPEN',
    'driver_id=x',
    'sort_by=posting_id',
    'q=',
    'page=0',
  ])('rejects ?%s', async (filter) => {
    const field = filter.split('=')[0] ?? '';
    expectFieldErrors(await manager.get(`/ledger/payments?${filter}`), field);
    expectFieldErrors(await manager.get(`/ledger/payments/export/csv?${filter}`), field);
  });
});

describe('GET /ledger/payments/{posting_id}', () => {
  it('answers the payment with its allocations, as the answer of the recording did', async () => {
    const ledger = new LedgerClient(app);
    const lease = await aLease(app);
    const account = { driver_id: lease.driver_id, lease_id: lease.id };
    const { balance_id } = await ledger.owe(account, { category: 'PVB', amount: '65.00' });
    const recorded: PaymentResponse = await ledger.pay(account, '100.00', { method: 'CASH' });
    const { posting } = recorded;
    const { status, body } = await manager.get<PaymentDetailResponse>(
      `/ledger/payments/${posting.posting_id}`,
    );
    expect(status).toBe(200);
    expect(body).toEqual({
      posting,
      total_payment: recorded.total_payment,
      total_allocated: recorded.total_allocated,
      refunded: '0.00',
      left_over: recorded.remaining_unallocated,
      allocations: [expect.objectContaining({ balance_id, category: 'PVB', amount_allocated: '65.00' })],
    });
  });

  it('refuses a posting that is not money received, and one that does not exist', async () => {
    const { posting_id } = await new LedgerClient(app).owe({ driver_id: ids.amar, lease_id: ids.day });
    for (const id of [posting_id, 'LP-2025-999999']) {
      expectProblem(await manager.get(`/ledger/payments/${id}`), 404, 'POSTING_NOT_FOUND');
    }
  });

  it('requires ledger:view', async () => {
    for (const path of ['', `/${idOf('a')}`, '/export/csv']) {
      expectProblem(await app.anonymous.get(`/ledger/payments${path}`), 401, 'UNAUTHENTICATED');
    }
  });
});
