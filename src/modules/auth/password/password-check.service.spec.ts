import { Logger } from '@nestjs/common';
import type { PasswordHasherService, SignInLockService, UserQueryService } from '../../users/index.js';
import { PasswordCheckService } from './password-check.service.js';

const EMAIL = 'maria.ruiz@example.com';
const PASSWORD = 'correct horse battery staple';
const HASH = 'the hash of the password';
const ORIGIN = { requestId: 'request-1', address: '127.0.0.1' };

type Directory = Pick<UserQueryService, 'findForSignIn'>;
type Locks = Pick<SignInLockService, 'refuseLocked' | 'recordFailure'>;

function checking(user: { id: number; isActive: boolean } | null) {
  const users: Directory = {
    findForSignIn: () => Promise.resolve(user && { ...user, email: EMAIL, passwordHash: HASH }),
  };
  const matches = jest.fn((password: string, hash: string | null) =>
    Promise.resolve(hash === HASH && password === PASSWORD),
  );
  const locks = {
    refuseLocked: jest.fn(() => Promise.resolve()),
    recordFailure: jest.fn(() => Promise.resolve()),
  } satisfies Locks;
  const check = new PasswordCheckService(
    users as UserQueryService,
    { matches } as unknown as PasswordHasherService,
    locks as unknown as SignInLockService,
  );
  return { check: (password: string) => check.check(EMAIL, password, ORIGIN), matches, locks };
}

describe('PasswordCheckService', () => {
  const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();

  beforeEach(() => warn.mockClear());

  it('returns the user of a correct password without counting a failure', async () => {
    const { check, locks } = checking({ id: 7, isActive: true });
    await expect(check(PASSWORD)).resolves.toMatchObject({ id: 7, email: EMAIL });
    expect(locks.recordFailure).not.toHaveBeenCalled();
  });

  it.each([
    ['an unknown e-mail', null, PASSWORD, 'unknown e-mail'],
    ['a wrong password', { id: 7, isActive: true }, 'a wrong password', 'wrong password for user 7'],
    ['an inactive user', { id: 7, isActive: false }, PASSWORD, 'user 7 is inactive'],
  ])(
    'rejects %s with the same message after the same work and counts a failure',
    async (_, user, password, reason) => {
      const { check, matches, locks } = checking(user);
      await expect(check(password)).rejects.toMatchObject({
        code: 'INVALID_CREDENTIALS',
        message: 'The e-mail or the password is wrong.',
      });
      expect(matches).toHaveBeenCalledTimes(1);
      expect(locks.recordFailure).toHaveBeenCalledTimes(1);
      expect(warn).toHaveBeenCalledWith(`Sign-in refused: ${reason}, from 127.0.0.1`);
    },
  );

  it('checks no password for a locked account', async () => {
    const { check, matches, locks } = checking({ id: 7, isActive: true });
    locks.refuseLocked.mockRejectedValue(new Error('locked'));
    await expect(check(PASSWORD)).rejects.toThrow('locked');
    expect(matches).not.toHaveBeenCalled();
    expect(locks.recordFailure).not.toHaveBeenCalled();
  });

  it('logs user ids and never the input', async () => {
    await checking({ id: 7, isActive: true })
      .check('wrong!')
      .catch(() => null);
    await checking(null)
      .check(PASSWORD)
      .catch(() => null);
    const lines = JSON.stringify(warn.mock.calls);
    expect(lines).toContain('user 7');
    for (const secret of [EMAIL, PASSWORD, 'wrong!', HASH]) expect(lines).not.toContain(secret);
  });
});
