import type { LoanStatus } from './loan-status.js';
import { checkOpen, checkStatusChange, LOAN_STATUSES, postingRefusal } from './loan-status.js';

/** The changes that a user may request. Closing and approval have their own operations. */
const BY_HAND = ['ACTIVE → ON_HOLD', 'ACTIVE → CANCELLED', 'ON_HOLD → ACTIVE', 'ON_HOLD → CANCELLED'];
const BY_ITSELF = ['ACTIVE → CLOSED', 'DRAFT → ACTIVE'];
const ALLOWED = [...BY_HAND, 'DRAFT → CANCELLED'];

const EVERY_PAIR = LOAN_STATUSES.flatMap((from) =>
  LOAN_STATUSES.map((to): [LoanStatus, LoanStatus] => [from, to]),
);
const isIn = (list: readonly string[]) => (pair: [LoanStatus, LoanStatus]) => list.includes(pair.join(' → '));

const forbidden = (sentence: unknown) =>
  expect.objectContaining({ code: 'LOAN_TRANSITION_FORBIDDEN', message: sentence });

describe('the status of a loan', () => {
  it('has five values, so 25 possible changes', () => {
    expect(LOAN_STATUSES).toEqual(['DRAFT', 'ACTIVE', 'ON_HOLD', 'CLOSED', 'CANCELLED']);
    expect(EVERY_PAIR).toHaveLength(25);
    expect(EVERY_PAIR.filter(isIn([...ALLOWED, ...BY_ITSELF]))).toHaveLength(7);
  });

  it.each(EVERY_PAIR.filter(isIn(ALLOWED)))('can be set from %s to %s', (from, to) => {
    expect(() => checkStatusChange(from, to)).not.toThrow();
  });

  it.each(EVERY_PAIR.filter((pair) => !isIn([...ALLOWED, ...BY_ITSELF])(pair)))(
    'can never change from %s to %s',
    (from, to) => {
      expect(() => checkStatusChange(from, to)).toThrow(
        forbidden(expect.stringMatching(`^A loan cannot change from ${from} to ${to}\\. `)),
      );
    },
  );

  it.each<[LoanStatus, LoanStatus, string]>([
    ['ACTIVE', 'CLOSED', 'a loan closes automatically when everything is paid'],
    ['DRAFT', 'ACTIVE', 'a draft becomes active when a colleague approves it'],
  ])('changes from %s to %s but cannot be set by a user: %s', (from, to, because) => {
    expect(() => checkStatusChange(from, to)).toThrow(
      forbidden(`A loan cannot be set from ${from} to ${to}: ${because}.`),
    );
  });

  it.each<[LoanStatus, string]>([
    ['DRAFT', 'It can change to ACTIVE or CANCELLED.'],
    ['ACTIVE', 'It can change to ON_HOLD or CLOSED or CANCELLED.'],
    ['ON_HOLD', 'It can change to ACTIVE or CANCELLED.'],
    ['CLOSED', 'CLOSED is a final status.'],
    ['CANCELLED', 'CANCELLED is a final status.'],
  ])('explains a forbidden change from %s: %s', (from, advice) => {
    expect(() => checkStatusChange(from, from)).toThrow(
      forbidden(`A loan cannot change from ${from} to ${from}. ${advice}`),
    );
  });
});

describe('a payoff or a write-off', () => {
  it.each(LOAN_STATUSES)('on a loan that is %s is allowed only for ACTIVE and ON_HOLD', (status) => {
    const isRunning = status === 'ACTIVE' || status === 'ON_HOLD';
    const check = expect(() => checkOpen({ loanId: 'DL-2025-0001', status }));
    if (isRunning) check.not.toThrow();
    else check.toThrow(expect.objectContaining({ code: 'LOAN_NOT_OPEN' }));
  });
});

describe('a posting run for one loan', () => {
  it.each(LOAN_STATUSES)('that is %s posts it only if it is ACTIVE', (status) => {
    const refusal = postingRefusal({ loanId: 'DL-2025-0001', status });
    expect(refusal === null).toBe(status === 'ACTIVE');
    if (refusal) expect(refusal.message).toContain(`(DL-2025-0001 is ${status})`);
  });
});
