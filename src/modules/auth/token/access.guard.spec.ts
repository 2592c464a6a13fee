import { Get } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { JwtService } from '@nestjs/jwt';
import type { PinoLogger } from 'nestjs-pino';
import type { Permission } from '../../../kernel/access/permission.js';
import {
  PublicRoute,
  RequiresPermission,
  RequiresSignIn,
} from '../../../platform/http/requires-permission.decorator.js';
import type { UserQueryService } from '../../users/index.js';
import { AccessGuard } from './access.guard.js';
import type { BearerStrategy } from './bearer.strategy.js';
import { JwtStrategy } from './jwt.strategy.js';

const SECRET = 'a secret of the tests, long enough to sign';

class Routes {
  @Get()
  @PublicRoute()
  open(): void {}

  @Get()
  @RequiresSignIn()
  signedIn(): void {}

  @Get()
  @RequiresPermission('loans:update', 'loans:post')
  guarded(): void {}

  @Get()
  forgotten(): void {}
}

describe('AccessGuard', () => {
  const manager = { id: 7, roles: ['MANAGER' as const], mustChangePassword: false };
  const newcomer = { id: 9, roles: ['ADMIN' as const], mustChangePassword: true };
  const directory: Pick<UserQueryService, 'findBySession'> = {
    findBySession: (sessionId, userId) =>
      Promise.resolve([manager, newcomer].find(({ id }) => id === userId && sessionId === 70) ?? null),
  };
  const assign = jest.fn();
  const log: Partial<PinoLogger> = { assign };
  const guardWith = (strategy: BearerStrategy) =>
    new AccessGuard(new Reflector(), strategy, log as PinoLogger);
  const guard = guardWith(new JwtStrategy(SECRET, directory as UserQueryService));

  function ask(route: keyof Routes, token?: string) {
    const request = {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      user: undefined,
    };
    const context = new ExecutionContextHost([request, {}], Routes, Routes.prototype[route]);
    return { request, answer: guard.canActivate(context) };
  }

  const tokenOf = (subject: string, sid: unknown = 70) =>
    new JwtService().sign(
      { sid },
      { secret: SECRET, subject, issuer: 'driver-loans', audience: 'driver-loans-api', expiresIn: 60 },
    );

  it('lets anybody through to a public route', async () => {
    await expect(ask('open').answer).resolves.toBe(true);
  });

  it('closes a route that declares nothing, also to who is signed in', async () => {
    await expect(ask('forgotten', tokenOf('7')).answer).rejects.toMatchObject({ code: 'PERMISSION_MISSING' });
  });

  it.each([undefined, '', 'not.a.token'])('asks to sign in where the token is %p', async (token) => {
    await expect(ask('signedIn', token).answer).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it.each(['8', '0', '-7', '7.5', '7e0', 'x', '99999999999999999999'])(
    'asks to sign in where the token names %p, who is no active user',
    async (subject) => {
      await expect(ask('signedIn', tokenOf(subject)).answer).rejects.toMatchObject({
        code: 'UNAUTHENTICATED',
      });
    },
  );

  it.each([null, '', 71, 0, -70, 70.5, '70 ', [70, 71], {}])(
    'asks to sign in where the token is of the session %p, which is none of the user',
    async (sid) => {
      await expect(ask('signedIn', tokenOf('7', sid)).answer).rejects.toMatchObject({
        code: 'UNAUTHENTICATED',
      });
    },
  );

  it('lets who must choose a password no further than there, whatever their role', async () => {
    await expect(ask('signedIn', tokenOf('9')).answer).resolves.toBe(true);
    await expect(ask('guarded', tokenOf('9')).answer).rejects.toMatchObject({
      code: 'PASSWORD_CHANGE_REQUIRED',
    });
  });

  it('hands the handler who is acting, with the permissions of the roles', async () => {
    const { request, answer } = ask('signedIn', tokenOf('7'));
    await answer;
    const permissions: Permission[] = [
      'loans:view',
      'loans:export',
      'ledger:view',
      'drivers:view',
      'leases:view',
    ];
    expect(request.user).toEqual({ userId: 7, permissions: new Set(permissions), sessionId: 70 });
  });

  it('names each permission that is missing', async () => {
    await expect(ask('guarded', tokenOf('7')).answer).rejects.toMatchObject({
      code: 'PERMISSION_MISSING',
      message: 'This needs the permissions loans:update and loans:post.',
    });
  });

  it('passes on that the database is away, rather than saying that nobody is signed in', async () => {
    const away = new Error('Connection terminated unexpectedly');
    const strategy = new JwtStrategy(SECRET, {
      findBySession: () => Promise.reject(away),
    } as unknown as UserQueryService);
    const context = new ExecutionContextHost(
      [{ headers: { authorization: `Bearer ${tokenOf('7')}` } }, {}],
      Routes,
      Routes.prototype.signedIn,
    );
    await expect(guardWith(strategy).canActivate(context)).rejects.toBe(away);
  });
});
