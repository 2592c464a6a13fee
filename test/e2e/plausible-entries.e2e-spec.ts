import type { StatementResponse } from '../../src/modules/ledger/statements/statement.response.js';
import type { ApiAnswer } from '../support/api-client.js';
import { aLease } from '../support/factories.js';
import type { BorrowerRef } from '../support/borrower-ref.js';
import { LedgerClient } from '../support/ledger-client.js';
import { expectFieldErrors, expectProblem, fieldsOf } from '../support/problem.js';
import { dumpLedgerTables } from '../support/table-dump.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import { aLedgerAccount } from './support/ledger-account.js';

let app: TestApp;
let ledger: LedgerClient;

beforeAll(async () => {
  app = await startTestApp({ now: '2025-10-29T09:00:00-04:00' });
  ledger = new LedgerClient(app);
});

afterAll(() => app.close());

const tryToOwe = (account: BorrowerRef, more: object): Promise<ApiAnswer<unknown>> =>
  app.as('FINANCE').post('/ledger/obligations', {
    ...account,
    category: 'PVB',
    amount: '65.00',
    reference_type: 'SUMMONS',
    reference_id: `S-${account.lease_id}`,
    payment_period_start: '2025-10-26',
    ...more,
  });

const refusedFor = async (
  send: () => Promise<ApiAnswer<unknown>>,
  code: string,
  field: string,
  range: string,
): Promise<void> => {
  const before = await dumpLedgerTables(app.db);
  const problem = expectProblem(await send(), 400, code);
  expect([problem.detail, fieldsOf(problem)]).toEqual([expect.stringContaining(range), [field]]);
  expect(await dumpLedgerTables(app.db)).toEqual(before);
};

describe('a payment', () => {
  it.each(['2026-11-01', '2025-11-02', '2024-10-20', '0001-01-07', '1990-01-07', '9999-12-19'])(
    'rejects the week of %s, which is not one of the last 53 weeks',
    async (week) => {
      const account = await aLedgerAccount(app);
      await refusedFor(
        () => ledger.tryToPay(account, '20.00', { payment_period_start: week }),
        'PAYMENT_WEEK_OUT_OF_RANGE',
        'payment_period_start',
        'between 2024-10-27 and 2025-10-26',
      );
    },
  );

  it.each(['100000.01', '8893021177.00'])('rejects the amount %s', async (amount) => {
    const account = await aLedgerAccount(app);
    await refusedFor(
      () => ledger.tryToPay(account, amount, { payment_period_start: '2025-10-26' }),
      'AMOUNT_OUT_OF_RANGE',
      'amount',
      'at most $100,000.00',
    );
  });

  it('with targeted balances has the same limits', async () => {
    const account = await aLedgerAccount(app);
    const { balance_id } = await ledger.owe(account);
    await refusedFor(
      () =>
        ledger.tryToTarget(account, '20.00', [[balance_id, '20.00']], { payment_period_start: '2025-11-02' }),
      'PAYMENT_WEEK_OUT_OF_RANGE',
      'payment_period_start',
      'between 2024-10-27 and 2025-10-26',
    );
  });

  it('accepts the oldest allowed week and the largest allowed amount', async () => {
    const paid = await ledger.pay(await aLedgerAccount(app), '100000.00', {
      payment_period_start: '2024-10-27',
    });
    expect(paid).toMatchObject({ remaining_unallocated: '100000.00' });
  });
});

describe('a charge', () => {
  it.each(['2026-11-01', '2024-10-20', '0001-01-07', '1990-01-07', '9999-12-19'])(
    'rejects the week of %s, which is more than 52 weeks away',
    async (week) => {
      const account = await aLedgerAccount(app);
      await refusedFor(
        () => tryToOwe(account, { payment_period_start: week }),
        'PAYMENT_WEEK_OUT_OF_RANGE',
        'payment_period_start',
        'between 2024-10-27 and 2026-10-25',
      );
    },
  );

  it.each(['1900-01-01', '2025-10-25', '2026-10-28', '2099-01-01'])(
    'rejects the due date %s',
    async (due_date) => {
      const account = await aLedgerAccount(app);
      await refusedFor(
        () => tryToOwe(account, { due_date }),
        'DUE_DATE_OUT_OF_RANGE',
        'due_date',
        'between 2025-10-26 and 2026-10-27',
      );
    },
  );

  it('rejects a summons number as the amount', async () => {
    const account = await aLedgerAccount(app);
    await refusedFor(
      () => tryToOwe(account, { amount: '8893021177.00' }),
      'AMOUNT_OUT_OF_RANGE',
      'amount',
      'at most $100,000.00',
    );
  });

  it('accepts a week 52 weeks ahead and a due date a year later', async () => {
    const far = { payment_period_start: '2026-10-25', due_date: '2027-10-26', amount: '100000.00' };
    expect((await tryToOwe(await aLedgerAccount(app), far)).status).toBe(201);
  });
});

describe('the limits of the ledger', () => {
  it('can be configured', async () => {
    const strict = await startTestApp({ env: { LEDGER_WEEKS_BACK: '0', LEDGER_MAX_AMOUNT: '50.00' } });
    try {
      const client = new LedgerClient(strict);
      const { driver_id, id: lease_id } = await aLease(strict);
      const pay = (amount: string, payment_period_start: string) =>
        client.tryToPay({ driver_id, lease_id }, amount, { payment_period_start });
      expectProblem(await pay('50.01', '2025-10-26'), 400, 'AMOUNT_OUT_OF_RANGE');
      expectProblem(await pay('50.00', '2025-10-19'), 400, 'PAYMENT_WEEK_OUT_OF_RANGE');
      expect((await pay('50.00', '2025-10-26')).status).toBe(201);
    } finally {
      await strict.close();
    }
  });
});

describe('data of an older release', () => {
  it('can be read and paid, with any week and due date', async () => {
    const account = await aLedgerAccount(app);
    const { balance_id } = await insertBalances(account, 1, '70.00', '0001-01-07');
    expect(await ledger.balance(balance_id)).toMatchObject({ due_date: '0001-01-13' });
    const statement = await app
      .as('FINANCE')
      .get<StatementResponse>(
        `/ledger/statements?driver_id=${account.driver_id}&lease_id=${account.lease_id}&period_start=0001-01-07`,
      );
    expect(statement).toMatchObject({ status: 200, body: { totals: { current_charge: '70.00' } } });
    await ledger.pay(account, '70.00', { payment_period_start: '2025-10-26' });
    expect(await ledger.balance(balance_id)).toMatchObject({ status: 'CLOSED' });
  });

  it('is totalled correctly with very large amounts', async () => {
    const account = await aLedgerAccount(app);
    await insertBalances(account, 101, '9999999999.99', '2025-10-26');
    const sum = '1009999999998.99';
    const { driver_id, lease_id } = account;
    const finance = app.as('FINANCE');
    const owed = await ledger.owed(account);
    expect(owed.outstanding_balance).toBe(sum);
    const statement = await finance.get(
      `/ledger/statements?driver_id=${driver_id}&lease_id=${lease_id}&period_start=2025-10-26`,
    );
    expect(statement).toMatchObject({ status: 200, body: { totals: { balance_forward: sum } } });
    const statements = await finance.get<unknown>('/ledger/statements/export/json?period_start=2025-10-26');
    expect(statements.status).toBe(200);
    expect(JSON.stringify(statements.body)).toContain(sum);
    for (const format of ['json', 'csv', 'excel']) {
      const file = await finance.get(`/ledger/balances/export/${format}?driver_id=${driver_id}`);
      expect([format, file.status]).toEqual([format, 200]);
    }
    const balances = await finance.get<unknown>(`/ledger/balances/export/json?driver_id=${driver_id}`);
    expect(JSON.stringify(balances.body)).toContain(sum);
    expect((await finance.get('/ledger/verify')).status).toBe(200);
  });
});

/** Obligations of category PVB as an older release stored them, due on the Saturday of their week. */
async function insertBalances(
  { driver_id, lease_id }: BorrowerRef,
  count: number,
  amount: string,
  week: string,
): Promise<{ balance_id: string }> {
  const rows = await app.db.query<[{ balance_id: string }]>(
    `WITH posting AS (
       INSERT INTO ledger_postings (id, posting_id, driver_id, lease_id, posting_type, category, amount, source_type,
         source_id, payment_period_start, payment_period_end, status, posted_at)
       SELECT n, public_id('LP', 2025, n, 6), $1, $2, 'DEBIT', 'PVB', $3, 'OLD', 'OLD-' || n, $4, $4::date + 6, 'POSTED', $5
       FROM (SELECT next_number('ledger_postings_id_seq') AS n FROM generate_series(1, $6)) AS numbered
       RETURNING *)
     INSERT INTO ledger_balances (posting_id, balance_id, driver_id, lease_id, category, reference_type, reference_id,
       original_amount, outstanding_balance, payment_period_start, payment_period_end, due_date, status, created_on,
       updated_on)
     SELECT id, public_id('LB', 2025, next_number('ledger_balance_number'), 6), driver_id, lease_id, category, source_type,
            source_id, amount, amount, payment_period_start, payment_period_end, payment_period_end, 'OPEN', $5, $5
     FROM posting RETURNING balance_id`,
    [driver_id, lease_id, amount, week, app.clock.now(), count],
  );
  return rows[0];
}

describe('a reference', () => {
  it.each([
    ['a zero width space', '\u200B'],
    ['a no-break space', '\u00A0'],
    ['a soft hyphen', '\u00AD'],
  ])(
    'is rejected with %s inside, because it would allow recording one receipt twice',
    async (_, character) => {
      const account = await aLedgerAccount(app);
      const week = { payment_period_start: '2025-10-26' };
      const source_id = `RECEIPT${character}-1041`;
      expectFieldErrors(await ledger.tryToPay(account, '20.00', { ...week, source_id }), 'source_id');
      expectFieldErrors(await tryToOwe(account, { reference_id: source_id }), 'reference_id');
    },
  );

  it('is the same in every Unicode form and with surrounding white space', async () => {
    const account = await aLedgerAccount(app);
    const week = { payment_period_start: '2025-10-26' };
    const first = await ledger.pay(account, '20.00', { ...week, source_id: 'CAF\u00C9 1041' });
    expect(first.posting.source_id).toBe('CAF\u00C9 1041');
    const again = { ...week, source_id: '\u00A0CAFE\u0301 1041\uFEFF' };
    expectProblem(await ledger.tryToPay(account, '20.00', again), 409, 'SOURCE_ALREADY_POSTED');
  });

  it('is rejected with invisible characters in forms and in files, for drivers and leases', async () => {
    const finance = app.as('FINANCE');
    const { driver_id } = await aLedgerAccount(app);
    const lease = {
      lease_number: 'L-\u200B77',
      driver_id,
      medallion_number: '1A\u200B23',
      vehicle_plate: 'T\u200B123',
      start_date: '2025-10-26',
    };
    expectFieldErrors(
      await finance.post('/leases', lease),
      'lease_number',
      'medallion_number',
      'vehicle_plate',
    );
    const driver = { tlc_license_number: '51\u200B23', first_name: 'Ada', last_name: 'Rider' };
    expectFieldErrors(
      await finance.post('/drivers', { ...driver, email: 'ada\u200B@example.com' }),
      'tlc_license_number',
      'email',
    );
    const file =
      'reference,tlc_license_number,lease_number,loan_amount,start_week\n' +
      'OLD\u200B1,5123456,L\u200B1,500.00,2025-11-02\n';
    const report = await finance.post<{ errors: { field: string }[] }>('/loans/import?dry_run=true', file);
    expect(report.body.errors.map(({ field }) => field).sort()).toEqual(['lease_number', 'reference']);
  });
});
