import { codesOf, toSqlList } from './labels.js';

describe('a list of codes with labels', () => {
  const labels = { OPEN: 'Open', ON_HOLD: 'On hold' } as const;

  it('has its codes in the order of the list', () => {
    expect(codesOf(labels)).toEqual(['OPEN', 'ON_HOLD']);
  });

  it('is written as the values of a check of the database', () => {
    expect(toSqlList(codesOf(labels))).toBe("'OPEN', 'ON_HOLD'");
  });
});
