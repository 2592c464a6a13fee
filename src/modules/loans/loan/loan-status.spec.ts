import type { LoanStatus } from './loan-status.js';
import { checkOpen, checkStatusChange, LOAN_STATUSES, postingRefusal } from './loan-status.js';

/** What a person may do; closing and approving happen in ways of their own. */
const BY_HAND = ['ACTIVE → ON_HOLD', 'ACTIVE → CANCELLED', 'ON_HOLD → ACTIVE', 'ON_HOLD → CANCELLED'];
const BY_ITSELF = ['ACTIVE → CLOSED', 'DRAFT → ACTIVE'];
const ALLOWED = [...BY_HAND, 'DRAFT → CANCELLED'];

const EVERY_PAIR = LOAN_STATUSES.flatMap((from) =>
  LOAN_STATUSES.map((to): [LoanStatus, LoanStatus] => [from, to]),
);
const isIn = (list: readonly string[]) => (pair: [LoanStatus, LoanStatus]) => list.includes(pair.join(' → '));

const forbidden = (sentence: unknown) =>
  expect.objectContaining({ code: 'LOAN_TRANSITION_FORBIDDEN', kind: 'CONFLICT', message: sentence });

describe('the status of a loan', () => {
  it('is one of five, so a change is one of 25', () => {
    expect(LOAN_STATUSES).toEqual(['DRAFT', 'ACTIVE', 'ON_HOLD', 'CLOSED', 'CANCELLED']);
    expect(EVERY_PAIR).toHaveLength(25);
    expect(EVERY_PAIR.filter(isIn([...ALLOWED, ...BY_ITSELF]))).toHaveLength(7);
  });

  it.each(EVERY_PAIR.filter(isIn(ALLOWED)))('may be set from %s to %s', (from, to) => {
    expect(() => checkStatusChange(from, to)).not.toThrow();
  });

  it.each(EVERY_PAIR.filter((pair) => !isIn([...ALLOWED, ...BY_ITSELF])(pair)))(
    'may never go from %s to %s',
    (from, to) => {
      expect(() => checkStatusChange(from, to)).toThrow(
        forbidden(expect.stringMatching(`^A loan that is ${from} cannot become ${to}; it may become `)),
      );
    },
  );

  it.each<[LoanStatus, LoanStatus, string]>([
    ['ACTIVE', 'CLOSED', 'a loan closes by itself when everything is paid'],
    ['DRAFT', 'ACTIVE', 'a draft becomes active by the approval of a colleague'],
  ])('goes from %s to %s, and is not set so: %s', (from, to, because) => {
    expect(() => checkStatusChange(from, to)).toThrow(
      forbidden(`A loan is not set from ${from} to ${to}: ${because}.`),
    );
  });

  it.each<[LoanStatus, string]>([
    ['DRAFT', 'ACTIVE or CANCELLED'],
    ['ACTIVE', 'ON_HOLD or CLOSED or CANCELLED'],
    ['ON_HOLD', 'ACTIVE or CANCELLED'],
    ['CLOSED', 'nothing: that is final'],
    ['CANCELLED', 'nothing: that is final'],
  ])('%s may become %s, as the refusal says', (from, allowed) => {
    expect(() => checkStatusChange(from, from)).toThrow(
      forbidden(`A loan that is ${from} cannot become ${from}; it may become ${allowed}.`),
    );
  });
});

describe('a payoff or a write-off', () => {
  it.each(LOAN_STATUSES)('of a loan that is %s is for ACTIVE and ON_HOLD only', (status) => {
    const isRunning = status === 'ACTIVE' || status === 'ON_HOLD';
    const check = expect(() => checkOpen({ loanId: 'DL-2025-0001', status }));
    if (isRunning) check.not.toThrow();
    else check.toThrow(expect.objectContaining({ code: 'LOAN_NOT_OPEN' }));
  });
});

describe('a posting run over one loan', () => {
  it.each(LOAN_STATUSES)('that is %s posts it only where it is ACTIVE', (status) => {
    const refusal = postingRefusal({ loanId: 'DL-2025-0001', status });
    expect(refusal === null).toBe(status === 'ACTIVE');
    if (refusal) expect(refusal.message).toContain(`(DL-2025-0001 is ${status})`);
  });
});
