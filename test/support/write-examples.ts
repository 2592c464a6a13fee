import { SYSTEM_ACTOR } from '../../src/kernel/access/actor.js';
import { UserCreationService } from '../../src/modules/users/index.js';
import {
  aDriver,
  aDriverWithLease,
  aLease,
  aLoan,
  aMedallion,
  aVehicle,
  makeDraft,
  aBorrower,
} from './factories.js';
import { LEDGER_WRITE_EXAMPLES } from './ledger-write-examples.js';
import type { TestApp } from './test-app.js';
import { TEST_PASSWORD } from './test-app.js';
import type { WriteExample } from './write-example.js';

/** Routes that are not GET but write nothing, with the reason. */
export const WRITE_NOTHING: Readonly<Record<string, string>> = {
  'POST loans/preview': 'shows what a creation would make',
};

/**
 * POSTs that only create or end sessions. They accept no Idempotency-Key, because a stored answer would contain a token that
 * could be stolen. test/e2e/sessions.e2e-spec.ts tests their audit log entries.
 */
export const SESSION_WRITES = [
  'POST auth/login',
  'POST auth/logout',
  'POST auth/logout-everywhere',
  'POST auth/refresh',
];

/** POSTs with a password in the body. They accept no Idempotency-Key, because the password could be guessed from the request hash. */
export const WITH_PASSWORD = ['POST auth/password', 'POST users', 'POST users/:user_id/password'];

/** Returns numbers that are unique in the test file. */
let created = 0;
const next = (): number => (created += 1);

const aUser = async (app: TestApp): Promise<{ id: number }> =>
  app.get(UserCreationService).register(SYSTEM_ACTOR, {
    email: `w${next()}@example.com`,
    name: 'Maria Ruiz',
    password: TEST_PASSWORD,
    roles: ['FINANCE'],
  });

/** For every route that writes: creates the records that it needs and returns a request that ADMIN may send. */
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
  'POST drivers/import': () =>
    Promise.resolve({
      path: '/drivers/import',
      body: `tlc_license_number,first_name,last_name\nI${next()},Ada,Rider\n`,
      variation: `tlc_license_number,first_name,last_name\nI${next()},Eve,Rider\n`,
      status: 200,
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
  'POST leases/import': async (app) => {
    const { tlc_license_number: license } = await aDriver(app);
    const file = (number: string): string =>
      'lease_number,tlc_license_number,medallion_number,vehicle_plate,start_date\n' +
      `${number},${license},${number},${number},2025-10-26\n`;
    return { path: '/leases/import', body: file(`I${next()}`), variation: file(`I${next()}`), status: 200 };
  },
  'PATCH leases/:lease_id': async (app) => ({
    path: `/leases/${(await aLease(app)).id}`,
    body: { status: 'TERMINATED' },
    status: 200,
  }),
  ...LEDGER_WRITE_EXAMPLES,
  'POST loans': async (app) => ({
    path: '/loans',
    body: {
      ...(await aBorrower(app)),
      loan_amount: '500.00',
      start_week: app.clock.currentWeek().start,
    },
    variation: { loan_amount: '400.00' },
    status: 201,
  }),
  'POST loans/import': async (app) => {
    const { driver, lease } = await aDriverWithLease(app);
    const file = (amount: string): string =>
      'reference,tlc_license_number,lease_number,loan_amount,start_week\n' +
      `W-${next()},${driver.tlc_license_number},${lease.lease_number},${amount},${app.clock.currentWeek().start}\n`;
    return { path: '/loans/import', body: file('500.00'), variation: file('400.00'), status: 200 };
  },
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
    await makeDraft(app, loan_id);
    return {
      path: `/loans/${loan_id}/approve`,
      body: {},
      variation: { dry_run: false },
      status: 200,
    };
  },
  'POST loans/:loan_id/payoff/undo': async (app) => {
    const { loan_id } = await aLoan(app);
    await app.as('FINANCE').post(`/loans/${loan_id}/payoff`, {});
    return {
      path: `/loans/${loan_id}/payoff/undo`,
      body: { reason: 'Of another loan' },
      variation: { reason: 'Of another driver' },
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
  'POST loans/:loan_id/recoveries': async (app) => {
    const { loan_id } = await aLoan(app);
    await app.as('FINANCE').post('/loans/installments/post', { loan_id });
    await app.as('ADMIN').post(`/loans/${loan_id}/write-off`, { reason: 'Driver left the city' });
    return {
      path: `/loans/${loan_id}/recoveries`,
      body: { amount: '20.00', source_id: `W-${next()}` },
      variation: { amount: '21.00' },
      status: 201,
    };
  },
};
