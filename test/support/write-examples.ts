import type { ObligationResponse } from '../../src/modules/ledger/http/balance.response.js';
import { SYSTEM_ACTOR } from '../../src/kernel/access/actor.js';
import { UserRegistrationService } from '../../src/modules/users/index.js';
import { aDriver, aLease, aLoan, aMedallion, aVehicle } from './factories.js';
import type { TestApp } from './test-app.js';
import { TEST_PASSWORD } from './test-app.js';

/** A request that a route accepts; `path` stands below /api/v1. */
export interface WriteExample {
  readonly path: string;
  readonly body: object;
  /** Of a POST: what makes it another request, which the route would accept too */
  readonly variation?: object;
  readonly status: number;
}

/** Routes that are no GET and yet write nothing. Whoever adds one says here why. */
export const WRITE_NOTHING: Readonly<Record<string, string>> = {
  'POST loans/preview': 'shows what a creation would make',
};

/**
 * POSTs that make and end sessions alone. They take no Idempotency-Key, as a token that is kept with an answer is a
 * token to be stolen; that each leaves its entry in the audit log, test/e2e/sessions.e2e-spec.ts shows.
 */
export const SESSION_WRITES = [
  'POST auth/login',
  'POST auth/logout',
  'POST auth/logout-everywhere',
  'POST auth/refresh',
];

/** POSTs whose body holds a password. They take no Idempotency-Key: the hash of the request could be guessed from. */
export const WITH_PASSWORD = ['POST auth/password', 'POST users', 'POST users/:user_id/password'];

/** Makes numbers that no other record of the test file has. */
let made = 0;
const next = (): number => (made += 1);

const partiesOf = async (app: TestApp): Promise<{ driver_id: number; lease_id: number }> => {
  const { driver_id, id: lease_id } = await aLease(app);
  return { driver_id, lease_id };
};

const aUser = async (app: TestApp): Promise<{ id: number }> =>
  app.get(UserRegistrationService).register(SYSTEM_ACTOR, {
    email: `w${next()}@example.com`,
    name: 'Maria Ruiz',
    password: TEST_PASSWORD,
    roles: ['FINANCE'],
  });

/** A debt of 38.25 of a lease of its own, as FINANCE records it. */
async function anObligation(app: TestApp): Promise<ObligationResponse> {
  const { path, body } = await obligation(app);
  return (await app.as('FINANCE').post<ObligationResponse>(path, body)).body;
}

const obligation = async (app: TestApp): Promise<WriteExample> => ({
  path: '/ledger/obligations',
  body: {
    ...(await partiesOf(app)),
    category: 'EZPASS',
    amount: '38.25',
    reference_type: 'TOLLS',
    reference_id: `W-${next()}`,
    payment_period_start: app.clock.currentWeek().start,
  },
  variation: { amount: '38.26' },
  status: 201,
});

/** For every route that writes, by its name: makes what it needs, and answers a request that ADMIN may send. */
export const WRITE_EXAMPLES: Readonly<Record<string, (app: TestApp) => Promise<WriteExample>>> = {
  'POST auth/password': () =>
    Promise.resolve({
      path: '/auth/password',
      body: { current_password: TEST_PASSWORD, new_password: 'purple taxis sing at dawn' },
      status: 200,
    }),
  'POST users': () =>
    Promise.resolve({
      path: '/users',
      body: {
        email: `w${next()}@example.com`,
        name: 'Maria Ruiz',
        roles: ['FINANCE'],
        password: TEST_PASSWORD,
      },
      status: 201,
    }),
  'PATCH users/:user_id': async (app) => ({
    path: `/users/${(await aUser(app)).id}`,
    body: { roles: ['MANAGER'] },
    status: 200,
  }),
  'POST users/:user_id/password': async (app) => ({
    path: `/users/${(await aUser(app)).id}/password`,
    body: { password: 'purple taxis sing at dawn' },
    status: 200,
  }),
  'POST users/:user_id/unlock': async (app) => ({
    path: `/users/${(await aUser(app)).id}/unlock`,
    body: {},
    variation: { reason: 'Lost her phone' },
    status: 200,
  }),
  'POST users/:user_id/logout': async (app) => ({
    path: `/users/${(await aUser(app)).id}/logout`,
    body: {},
    variation: { reason: 'Lost her phone' },
    status: 200,
  }),
  'POST drivers': () =>
    Promise.resolve({
      path: '/drivers',
      body: { tlc_license_number: `W${next()}`, first_name: 'Ada', last_name: 'Rider' },
      variation: { first_name: 'Eve' },
      status: 201,
    }),
  'PATCH drivers/:driver_id': async (app) => ({
    path: `/drivers/${(await aDriver(app)).id}`,
    body: { phone: '+1 212 555 0142' },
    status: 200,
  }),
  'POST leases': async (app) => ({
    path: '/leases',
    body: {
      lease_number: `W-${next()}`,
      driver_id: (await aDriver(app)).id,
      medallion_id: (await aMedallion(app)).id,
      vehicle_id: (await aVehicle(app)).id,
      start_date: '2025-10-26',
    },
    variation: { start_date: '2025-10-19' },
    status: 201,
  }),
  'PATCH leases/:lease_id': async (app) => ({
    path: `/leases/${(await aLease(app)).id}`,
    body: { status: 'TERMINATED' },
    status: 200,
  }),
  'POST ledger/obligations': obligation,
  'POST ledger/payments': async (app) => ({
    path: '/ledger/payments',
    body: {
      ...(await partiesOf(app)),
      amount: '300.00',
      payment_period_start: app.clock.currentWeek().start,
      source_type: 'WEEKLY_EARNINGS',
      source_id: `W-${next()}`,
    },
    variation: { amount: '301.00' },
    status: 201,
  }),
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
        source_id: `W-${next()}`,
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
  'POST loans': async (app) => ({
    path: '/loans',
    body: {
      ...(await partiesOf(app)),
      loan_amount: '500.00',
      start_week: app.clock.currentWeek().start,
    },
    variation: { loan_amount: '400.00' },
    status: 201,
  }),
  'PATCH loans/:loan_id': async (app) => ({
    path: `/loans/${(await aLoan(app)).loan_id}`,
    body: { purpose: 'Transmission repair' },
    status: 200,
  }),
  'PUT loans/:loan_id/status': async (app) => ({
    path: `/loans/${(await aLoan(app)).loan_id}/status`,
    body: { status: 'ON_HOLD', reason: 'Driver is in hospital' },
    status: 200,
  }),
  'POST loans/installments/post': async (app) => ({
    path: '/loans/installments/post',
    body: { loan_id: (await aLoan(app)).loan_id },
    variation: { payment_period_start: app.clock.currentWeek().start },
    status: 200,
  }),
  'POST loans/:loan_id/approve': async (app) => {
    const { loan_id } = await aLoan(app);
    await app.db.query(`UPDATE driver_loans SET status = 'DRAFT', created_by = NULL WHERE loan_id = $1`, [
      loan_id,
    ]);
    return {
      path: `/loans/${loan_id}/approve`,
      body: {},
      variation: { dry_run: false },
      status: 200,
    };
  },
  'POST loans/:loan_id/payoff': async (app) => ({
    path: `/loans/${(await aLoan(app)).loan_id}/payoff`,
    body: {},
    variation: { payment: { amount: '500.00', source_type: 'CASH', source_id: `W-${next()}` } },
    status: 200,
  }),
  'POST loans/:loan_id/write-off': async (app) => {
    const { loan_id } = await aLoan(app);
    await app.as('FINANCE').post('/loans/installments/post', { loan_id });
    return {
      path: `/loans/${loan_id}/write-off`,
      body: { reason: 'Driver left the city' },
      variation: { reason: 'Driver cannot be found' },
      status: 200,
    };
  },
};
