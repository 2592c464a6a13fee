import type { AccountHistory } from './account-control.js';
import { mayBeOnePerson } from './account-control.js';

const NOW = new Date('2025-10-29T13:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

const account = (id: number, over: Partial<AccountHistory> = {}): AccountHistory => ({
  id,
  createdBy: null,
  createdOn: daysAgo(400),
  passwordResetBy: null,
  passwordResetOn: null,
  ...over,
});

const check = (author: Partial<AccountHistory>, reviewer: Partial<AccountHistory>) =>
  mayBeOnePerson(account(1, author), account(2, reviewer), NOW);

describe('an author and a reviewer', () => {
  it.each([
    ['the author created the reviewer, however long ago', {}, { createdBy: 1 }],
    [
      'the author reset the password of the reviewer',
      {},
      { passwordResetBy: 1, passwordResetOn: daysAgo(29) },
    ],
    [
      'the reviewer reset the password of the author',
      { passwordResetBy: 2, passwordResetOn: daysAgo(29) },
      {},
    ],
    ['the reviewer created the author a few days ago', { createdBy: 2, createdOn: daysAgo(29) }, {}],
  ])('may be one person if %s', (_, author, reviewer) => {
    expect(check(author, reviewer)).toBe(true);
  });

  it.each([
    ['nothing connects them', {}, {}],
    ['a third person created both', { createdBy: 3 }, { createdBy: 3 }],
    ['the author reset the password 30 days ago', {}, { passwordResetBy: 1, passwordResetOn: daysAgo(30) }],
    ['the reviewer created the author 30 days ago', { createdBy: 2, createdOn: daysAgo(30) }, {}],
  ])('are two people if %s', (_, author, reviewer) => {
    expect(check(author, reviewer)).toBe(false);
  });

  it('are one person if they are one user', () => {
    expect(mayBeOnePerson(account(1), account(1), NOW)).toBe(true);
  });
});
