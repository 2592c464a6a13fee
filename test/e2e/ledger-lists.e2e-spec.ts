import type {
  BalanceDetailResponse,
  BalanceResponse,
} from '../../src/modules/ledger/balances/balance.response.js';
import type { ObligationResponse } from '../../src/modules/ledger/obligations/obligation.response.js';
import type { PaymentResponse } from '../../src/modules/ledger/payments/payment.response.js';
import type {
  PostingDetailResponse,
  PostingResponse,
} from '../../src/modules/ledger/postings/posting.response.js';
import type { Page } from '../../src/platform/database/page.js';
import type { ApiClient } from '../support/api-client.js';
import { aDriver, aLease } from '../support/factories.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import { queryOf } from './support/query.js';
import type { Filters } from './support/query.js';

let app: TestApp;
let manager: ApiClient;
const ids = { amar: 0, ivan: 0, day: 0, night: 0, ivans: 0, clerk: 0 };
/** The letters of postings and balances by public id. The payment is P. */
const letterOf = new Map<string, string>();

/** Letter, lease, category, amount, Sunday of the week, due date if it is not the Saturday of the week */
const OBLIGATIONS = [
  ['a', 'day', 'LEASE', '450.00', '2025-10-26'],
  ['b', 'night', 'TAXES', '1000.00', '2025-10-26'],
  ['c', 'ivans', 'LEASE', '90.00', '2025-11-02'],
  ['d', 'day', 'PVB', '90.00', '2025-11-02', '2025-12-01'],
  ['e', 'ivans', 'MISC', '5.00', '2025-11-09'],
] as const;

beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-05T23:30:00-05:00' });
  manager = app.as('MANAGER');
  ids.amar = (await aDriver(app)).id;
  ids.ivan = (await aDriver(app)).id;
  ids.day = (await aLease(app, { driver_id: ids.amar })).id;
  ids.night = (await aLease(app, { driver_id: ids.amar })).id;
  ids.ivans = (await aLease(app, { driver_id: ids.ivan })).id;
  const finance = app.as('FINANCE');
  ids.clerk = (await finance.get<{ id: number }>('/auth/me')).body.id;
  for (const [letter, lease, category, amount, payment_period_start, due_date] of OBLIGATIONS) {
    app.clock.advanceDays(1);
    const answer = await finance.post<ObligationResponse>('/ledger/obligations', {
      driver_id: lease === 'ivans' ? ids.ivan : ids.amar,
      lease_id: ids[lease],
      category,
      amount,
      reference_type: `${category}_FEE`,
      reference_id: `SOURCE-${letter}`,
      payment_period_start,
      due_date,
    });
    letterOf.set(answer.body.posting.posting_id, letter).set(answer.body.balance.balance_id, letter);
  }
  app.clock.advanceDays(1);
  const payment = await finance.post<PaymentResponse>('/ledger/payments', {
    driver_id: ids.ivan,
    lease_id: ids.ivans,
    amount: '92.00',
    payment_period_start: '2025-11-02',
    source_type: 'WEEKLY_EARNINGS',
    source_id: 'SOURCE-P',
  });
  letterOf.set(payment.body.posting.posting_id, 'P');
});

afterAll(() => app.close());

const list = async <T>(path: string, filters: Filters): Promise<Page<T>> => {
  const answer = await manager.get<Page<T>>(`${path}?${queryOf(filters)}`);
  expect(answer.status).toBe(200);
  return answer.body;
};

describe('GET /ledger/postings', () => {
  const found = async (filters: Filters): Promise<string> => {
    const { items } = await list<PostingResponse>('/ledger/postings', filters);
    return items.map(({ posting_id }) => letterOf.get(posting_id) ?? '?').join('');
  };

  it('lists all postings, latest first, each as its own URL shows it', async () => {
    const page = await list<PostingResponse>('/ledger/postings', {});
    expect(page).toMatchObject({ total: 6, page: 1, page_size: 50, total_pages: 1 });
    expect(await found({})).toBe('Pedcba');
    for (const posting of page.items) {
      const shown = await manager.get<PostingDetailResponse>(`/ledger/postings/${posting.posting_id}`);
      const { allocations, refunded, left_over, ...itself } = shown.body;
      expect(posting).toMatchObject(itself);
      const isPayment = posting.kind === 'PAYMENT';
      expect({ count: allocations.length, refunded, left_over }).toEqual(
        isPayment
          ? { count: 2, refunded: '0.00', left_over: expect.any(String) }
          : { count: 0, refunded: null, left_over: null },
      );
    }
  });

  it.each<[string, () => Filters, string]>([
    ['driver', () => ({ driver_id: ids.ivan }), 'Pec'],
    ['lease', () => ({ lease_id: ids.night }), 'b'],
    ['category', () => ({ category: 'LEASE' }), 'ca'],
    ['the category of payments', () => ({ category: 'EARNINGS' }), 'P'],
    ['type', () => ({ posting_type: 'CREDIT' }), 'P'],
    ['kind', () => ({ kind: 'PAYMENT' }), 'P'],
    ['another kind', () => ({ kind: 'CHARGE' }), 'edcba'],
    ['a kind without postings', () => ({ kind: 'REFUND' }), ''],
    // one a day from November 6, late in the evening in New York: the next day in UTC
    ['first day of posting', () => ({ posted_from: '2025-11-10' }), 'Pe'],
    ['last day of posting', () => ({ posted_to: '2025-11-07' }), 'ba'],
    ['one day of posting', () => ({ posted_from: '2025-11-08', posted_to: '2025-11-08' }), 'c'],
    ['the user who posted', () => ({ posted_by: ids.clerk }), 'Pedcba'],
    ['a user without postings', () => ({ posted_by: 2_147_483_647 }), ''],
    ['status', () => ({ status: 'POSTED' }), 'Pedcba'],
    ['a status without postings', () => ({ status: 'VOIDED' }), ''],
    ['source type', () => ({ source_type: 'LEASE_FEE' }), 'ca'],
    ['source id', () => ({ source_id: 'SOURCE-d' }), 'd'],
    ['a source id with a wildcard, which matches nothing', () => ({ source_id: 'SOURCE-%' }), ''],
    ['first week', () => ({ period_from: '2025-11-02' }), 'Pedc'],
    ['last week', () => ({ period_to: '2025-11-02' }), 'Pdcba'],
    [
      'driver, type and week',
      () => ({ driver_id: ids.ivan, posting_type: 'DEBIT', period_to: '2025-11-02' }),
      'c',
    ],
    [
      'all filters',
      () => ({
        driver_id: ids.amar,
        lease_id: ids.day,
        category: 'PVB',
        posting_type: 'DEBIT',
        kind: 'CHARGE',
        posted_from: '2025-11-09',
        posted_to: '2025-11-09',
        posted_by: ids.clerk,
        status: 'POSTED',
        source_type: 'PVB_FEE',
        source_id: 'SOURCE-d',
        period_from: '2025-11-02',
        period_to: '2025-11-02',
      }),
      'd',
    ],
  ])('filters by %s', async (_, filters, letters) => {
    expect(await found(filters())).toBe(letters);
  });

  it.each([
    ['posted_at', 'abcdeP'],
    ['amount', 'ecdPab'],
    ['payment_period_start', 'abcdPe'],
  ])('sorts by %s, then by age', async (sort_by, asc) => {
    expect(await found({ sort_by, sort_order: 'asc' })).toBe(asc);
    expect(await found({ sort_by })).toBe([...asc].toReversed().join(''));
  });

  it('is split into pages', async () => {
    const page = { sort_by: 'amount', sort_order: 'asc', page_size: 4 };
    expect((await found({ ...page, page: 1 })) + (await found({ ...page, page: 2 }))).toBe('ecdPab');
    expect(await list('/ledger/postings', { ...page, page: 3 })).toMatchObject({ items: [], total: 6 });
  });

  it.each([
    'driver_id=x',
    'category=FINES',
    'posting_type=debit',
    'kind=CREDIT',
    'posted_from=2025-11-31',
    'posted_to=today',
    'posted_by=me',
    'status=OPEN',
    'source_type=',
    'source_id=%00',
    `source_id=${'x'.repeat(81)}`,
    'period_from=2025-13-01',
    'sort_by=posting_id',
    'page_size=1e2',
    'due_from=2025-11-02',
  ])('rejects ?%s', async (filter) => {
    expectFieldErrors(await manager.get(`/ledger/postings?${filter}`), filter.split('=')[0] ?? '');
  });

  it.each(['LP-2025-999999', 'lp-2025-000001', '1', '%25'])('returns 404 for the posting %s', async (id) => {
    expectProblem(await manager.get(`/ledger/postings/${id}`), 404, 'POSTING_NOT_FOUND');
  });
});

describe('GET /ledger/balances', () => {
  const found = async (filters: Filters): Promise<string> => {
    const { items } = await list<BalanceResponse>('/ledger/balances', { sort_order: 'asc', ...filters });
    return items.map(({ balance_id }) => letterOf.get(balance_id) ?? '?').join('');
  };

  it('lists all balances, each as its own URL shows it with its allocations', async () => {
    const page = await list<BalanceResponse>('/ledger/balances', {});
    expect(page).toMatchObject({ total: 5, page: 1, page_size: 50, total_pages: 1 });
    for (const balance of page.items) {
      const allocations = letterOf.get(balance.balance_id) === 'c' ? ['90.00'] : [];
      if (letterOf.get(balance.balance_id) === 'e') allocations.push('2.00');
      const shown = await manager.get<BalanceDetailResponse>(`/ledger/balances/${balance.balance_id}`);
      const { allocations: listed, disputes, ...itself } = shown.body;
      expect(balance).toMatchObject(itself);
      expect(listed.map(({ amount_allocated }) => amount_allocated)).toEqual(allocations);
      expect(disputes).toEqual([]);
    }
  });

  it.each<[string, () => Filters, string]>([
    ['driver', () => ({ driver_id: ids.amar }), 'abd'],
    ['lease', () => ({ lease_id: ids.ivans }), 'ce'],
    ['category', () => ({ category: 'LEASE' }), 'ac'],
    ['status OPEN', () => ({ status: 'OPEN' }), 'abed'],
    ['status CLOSED', () => ({ status: 'CLOSED' }), 'c'],
    ['status DISPUTED', () => ({ status: 'DISPUTED' }), ''],
    ['first due date', () => ({ due_from: '2025-11-15' }), 'ed'],
    ['last due date', () => ({ due_to: '2025-11-08' }), 'abc'],
    ['both due dates', () => ({ due_from: '2025-11-02', due_to: '2025-11-30' }), 'ce'],
    ['reference', () => ({ reference_id: 'SOURCE-b' }), 'b'],
    ['driver and status', () => ({ driver_id: ids.ivan, status: 'OPEN' }), 'e'],
    [
      'all filters',
      () => ({
        driver_id: ids.amar,
        lease_id: ids.day,
        category: 'PVB',
        status: 'OPEN',
        due_from: '2025-12-01',
        due_to: '2025-12-01',
        reference_id: 'SOURCE-d',
      }),
      'd',
    ],
  ])('filters by %s', async (_, filters, letters) => {
    expect(await found(filters())).toBe(letters);
  });

  it.each([
    ['due_date', 'abced'],
    ['original_amount', 'ecdab'],
    ['outstanding_balance', 'cedab'],
  ])('sorts by %s, then by age', async (sort_by, asc) => {
    expect(await found({ sort_by })).toBe(asc);
    expect(await found({ sort_by, sort_order: 'desc' })).toBe([...asc].toReversed().join(''));
  });

  it('is split into pages', async () => {
    const page = { sort_by: 'original_amount', page_size: 2 };
    expect((await found({ ...page, page: 1 })) + (await found({ ...page, page: 2 }))).toBe('ecda');
  });

  it.each([
    'lease_id=0',
    'category=',
    'status=POSTED',
    'due_from=2025-02-29',
    'due_to=x',
    'reference_id=%07',
    'sort_by=balance_id',
    'page=0',
    'source_id=SOURCE-a',
  ])('rejects ?%s', async (filter) => {
    expectFieldErrors(await manager.get(`/ledger/balances?${filter}`), filter.split('=')[0] ?? '');
  });

  it.each(['LB-2025-999999', 'LP-2025-000001', '1'])('returns 404 for the balance %s', async (id) => {
    expectProblem(await manager.get(`/ledger/balances/${id}`), 404, 'BALANCE_NOT_FOUND');
  });
});
