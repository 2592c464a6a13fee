import type { ObligationResponse } from '../../src/modules/ledger/obligations/obligation.response.js';
import { aDriverInCredit, aDriverWithLease, aBorrower } from './factories.js';
import type { TestApp } from './test-app.js';
import type { WriteExample } from './write-example.js';

/** Returns numbers that are unique in the test file. */
let created = 0;
const next = (): number => (created += 1);

/** An obligation of 38.25 for a new lease. */
async function anObligation(app: TestApp): Promise<ObligationResponse> {
  const { path, body } = await obligation(app);
  return (await app.as('FINANCE').post<ObligationResponse>(path, body)).body;
}

const obligation = async (app: TestApp): Promise<WriteExample> => ({
  path: '/ledger/obligations',
  body: {
    ...(await aBorrower(app)),
    category: 'EZPASS',
    amount: '38.25',
    reference_type: 'TOLLS',
    reference_id: `WL-${next()}`,
    payment_period_start: app.clock.currentWeek().start,
  },
  variation: { amount: '38.26' },
  status: 201,
});

/** The writes of the ledger among WRITE_EXAMPLES. */
export const LEDGER_WRITE_EXAMPLES: Readonly<Record<string, (app: TestApp) => Promise<WriteExample>>> = {
  'POST ledger/obligations': obligation,
  'POST ledger/obligations/import': async (app) => {
    const { driver } = await aDriverWithLease(app);
    const file = (amount: string): string =>
      'tlc_license_number,category,amount,reference\n' +
      `${driver.tlc_license_number},EZPASS,${amount},WL-${next()}\n`;
    return {
      path: '/ledger/obligations/import',
      body: file('38.25'),
      variation: file('38.26'),
      status: 200,
    };
  },
  'POST ledger/credits/apply': async (app) => ({
    path: '/ledger/credits/apply',
    body: { driver_id: await aDriverInCredit(app) },
    variation: { driver_id: await aDriverInCredit(app) },
    status: 200,
  }),
  'POST ledger/refunds': async (app) => ({
    path: '/ledger/refunds',
    body: {
      driver_id: await aDriverInCredit(app),
      amount: '20.00',
      method: 'CASH',
      reference: `WL-${next()}`,
      reason: 'Leaves the fleet',
    },
    variation: { amount: '21.00' },
    status: 201,
  }),
  'POST ledger/payments': async (app) => ({
    path: '/ledger/payments',
    body: {
      ...(await aBorrower(app)),
      amount: '300.00',
      payment_period_start: app.clock.currentWeek().start,
      source_type: 'WEEKLY_EARNINGS',
      source_id: `WL-${next()}`,
    },
    variation: { amount: '301.00' },
    status: 201,
  }),
  'POST ledger/settlement-runs': async (app) => ({
    path: '/ledger/settlement-runs',
    body: {
      payment_period_start: app.clock.currentWeek().start,
      lines: [{ driver_id: (await aBorrower(app)).driver_id, amount: '300.00', source_id: `WL-${next()}` }],
    },
    variation: { min_take_home: '25%' },
    status: 201,
  }),
  'POST ledger/settlement-runs/:run_id/void': async (app) => {
    const borrower = await aBorrower(app);
    const week = app.clock.currentWeek().start;
    await app.as('FINANCE').post('/ledger/obligations', {
      ...borrower,
      category: 'LEASE',
      amount: '50.00',
      reference_type: 'FEE',
      reference_id: `WL-${next()}`,
      payment_period_start: week,
    });
    const lines = [{ driver_id: borrower.driver_id, amount: '300.00', source_id: `WL-${next()}` }];
    const run = await app
      .as('FINANCE')
      .post<{ run_id: string }>('/ledger/settlement-runs', { payment_period_start: week, lines });
    return {
      path: `/ledger/settlement-runs/${run.body.run_id}/void`,
      body: { reason: 'Wrong file' },
      variation: { reason: 'Wrong week' },
      status: 200,
    };
  },
  'POST ledger/payments/targeted': async (app) => {
    const { balance } = await anObligation(app);
    return {
      path: '/ledger/payments/targeted',
      body: {
        driver_id: balance.driver_id,
        lease_id: balance.lease_id,
        amount: '30.00',
        payment_period_start: balance.payment_period_start,
        source_type: 'CASH',
        source_id: `WL-${next()}`,
        allocations: [{ balance_id: balance.balance_id, amount: '30.00' }],
      },
      variation: { amount: '31.00' },
      status: 201,
    };
  },
  'POST ledger/postings/:posting_id/void': async (app) => ({
    path: `/ledger/postings/${(await anObligation(app)).posting.posting_id}/void`,
    body: { reason: 'Typed twice' },
    variation: { reason: 'Typed three times' },
    status: 200,
  }),
  'POST ledger/balances/:balance_id/dispute': async (app) => ({
    path: `/ledger/balances/${(await anObligation(app)).balance.balance_id}/dispute`,
    body: { reason: 'Not my plate' },
    variation: { reason: 'Not my week' },
    status: 200,
  }),
  'POST ledger/balances/:balance_id/resolve': async (app) => {
    const { balance } = await anObligation(app);
    const path = `/ledger/balances/${balance.balance_id}`;
    await app.as('FINANCE').post(`${path}/dispute`, { reason: 'Not my plate' });
    return {
      path: `${path}/resolve`,
      body: { reason: 'It is' },
      variation: { reason: 'It is not' },
      status: 200,
    };
  },
};
