import { Logger } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { AppConfig } from '../../platform/config/app-config.js';
import type { PasswordHasher, UserDirectory } from '../users/index.js';
import { LoginService } from './login.service.js';

const EMAIL = 'maria.ruiz@example.com';
const PASSWORD = 'correct horse battery staple';
const HASH = 'the hash of the password';

type Directory = Pick<UserDirectory, 'findForSignIn'>;

function loginAs(user: { id: number; isActive: boolean } | null) {
  const users: Directory = {
    findForSignIn: () => Promise.resolve(user && { ...user, passwordHash: HASH }),
  };
  const matches = jest.fn((password: string, hash: string | null) =>
    Promise.resolve(hash === HASH && password === PASSWORD),
  );
  const login = new LoginService(
    users as UserDirectory,
    { matches } as unknown as PasswordHasher,
    new JwtService({ secret: 'a secret', signOptions: { expiresIn: 900 } }),
    new AppConfig(),
  );
  return { login, matches };
}

describe('LoginService', () => {
  const log = jest.spyOn(Logger.prototype, 'log').mockImplementation();
  const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();

  beforeEach(() => {
    log.mockClear();
    warn.mockClear();
  });

  it('answers a token that names the user by id, and for how long it is good', async () => {
    const { login } = loginAs({ id: 7, isActive: true });
    const answer = await login.signIn({ email: EMAIL, password: PASSWORD });
    expect(answer).toMatchObject({ token_type: 'Bearer', expires_in: 900 });
    expect(new JwtService().decode(answer.access_token)).toMatchObject({ sub: '7' });
  });

  it.each([
    ['an unknown e-mail', null, PASSWORD, 'unknown e-mail'],
    ['a wrong password', { id: 7, isActive: true }, 'a wrong password', 'wrong password for user 7'],
    ['an inactive user', { id: 7, isActive: false }, PASSWORD, 'user 7 is inactive'],
  ])('refuses %s with the same words after the same work', async (_, user, password, reason) => {
    const { login, matches } = loginAs(user);
    await expect(login.signIn({ email: EMAIL, password })).rejects.toMatchObject({
      code: 'WRONG_CREDENTIALS',
      message: 'The e-mail or the password is wrong.',
    });
    expect(matches).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledWith(`Sign-in refused: ${reason}`);
  });

  it('logs users by id, and never what was typed', async () => {
    await loginAs({ id: 7, isActive: true }).login.signIn({ email: EMAIL, password: PASSWORD });
    await loginAs({ id: 7, isActive: true })
      .login.signIn({ email: EMAIL, password: 'wrong!' })
      .catch(() => null);
    await loginAs(null)
      .login.signIn({ email: EMAIL, password: PASSWORD })
      .catch(() => null);
    const lines = JSON.stringify([...log.mock.calls, ...warn.mock.calls]);
    expect(lines).toContain('User 7 signed in');
    for (const secret of [EMAIL, PASSWORD, 'wrong!', HASH]) expect(lines).not.toContain(secret);
  });
});
