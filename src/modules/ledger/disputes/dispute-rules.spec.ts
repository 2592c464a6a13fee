import { statusAfterDispute } from './dispute-rules.js';

describe('a dispute', () => {
  it('can be opened on an open balance and resolved on a disputed one', () => {
    expect(statusAfterDispute('LB-1', 'OPEN', 'DISPUTED')).toBe('DISPUTED');
    expect(statusAfterDispute('LB-1', 'DISPUTED', 'RESOLVED')).toBe('OPEN');
  });

  it.each([
    ['CLOSED', 'DISPUTED', 'BALANCE_NOT_OPEN'],
    ['DISPUTED', 'DISPUTED', 'BALANCE_NOT_OPEN'],
    ['VOIDED', 'DISPUTED', 'BALANCE_NOT_OPEN'],
    ['OPEN', 'RESOLVED', 'BALANCE_NOT_DISPUTED'],
    ['CLOSED', 'RESOLVED', 'BALANCE_NOT_DISPUTED'],
    ['VOIDED', 'RESOLVED', 'BALANCE_NOT_DISPUTED'],
  ] as const)('on a balance that is %s cannot be %s', (status, step, code) => {
    expect(() => statusAfterDispute('LB-1', status, step)).toThrow(expect.objectContaining({ code }));
  });
});
