import { DomainError } from './domain-error.js';

describe('a domain error', () => {
  it('has a message and a code', () => {
    const refusal = new DomainError('LOAN_NOT_FOUND', 'There is no loan DL-2025-0099.');
    expect(refusal).toBeInstanceOf(Error);
    expect(refusal).toMatchObject({
      name: 'DomainError',
      message: 'There is no loan DL-2025-0099.',
      code: 'LOAN_NOT_FOUND',
      fields: [],
    });
  });

  it('names the invalid fields', () => {
    const fields = [{ field: 'start_week', message: '2025-11-03 is not a Sunday.' }];
    const refusal = new DomainError('START_WEEK_NOT_SUNDAY', '2025-11-03 is not a Sunday.', fields);
    expect(refusal.code).toBe('START_WEEK_NOT_SUNDAY');
    expect(refusal.fields).toEqual(fields);
  });

  it('has a code of a table: another one does not compile', () => {
    // @ts-expect-error this code is in no table
    expect(new DomainError('NO_SUCH_CODE', 'Nothing.').fields).toEqual([]);
  });
});
