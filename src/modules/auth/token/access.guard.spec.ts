import { KeyObject } from 'node:crypto';
import { Get } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { JwtService } from '@nestjs/jwt';
import type { PinoLogger } from 'nestjs-pino';
import { Strategy } from 'passport-jwt';
import type { Permission } from '../../../kernel/access/actor.js';
import {
  PublicRoute,
  RequiresPermission,
  RequiresSignIn,
} from '../../../platform/http/access/requires-permission.decorator.js';
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

  it('allows everyone on a public route', async () => {
    await expect(ask('open').answer).resolves.toBe(true);
  });

  it('rejects a route without declared access, even for signed-in users', async () => {
    await expect(ask('forgotten', tokenOf('7')).answer).rejects.toMatchObject({ code: 'PERMISSION_MISSING' });
  });

  it.each([undefined, '', 'not.a.token'])('rejects the token %p as unauthenticated', async (token) => {
    await expect(ask('signedIn', token).answer).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it.each(['8', '0', '-7', '7.5', '7e0', 'x', '99999999999999999999'])(
    'rejects a token of the user %p, who is not active, as unauthenticated',
    async (subject) => {
      await expect(ask('signedIn', tokenOf(subject)).answer).rejects.toMatchObject({
        code: 'UNAUTHENTICATED',
      });
    },
  );

  it.each([null, '', 71, 0, -70, 70.5, '70 ', [70, 71], {}])(
    'rejects a token of the session %p, which does not belong to the user, as unauthenticated',
    async (sid) => {
      await expect(ask('signedIn', tokenOf('7', sid)).answer).rejects.toMatchObject({
        code: 'UNAUTHENTICATED',
      });
    },
  );

  it('allows only the password change for a user who must choose a password', async () => {
    await expect(ask('signedIn', tokenOf('9')).answer).resolves.toBe(true);
    await expect(ask('guarded', tokenOf('9')).answer).rejects.toMatchObject({
      code: 'PASSWORD_CHANGE_REQUIRED',
    });
  });

  it('passes the actor with the permissions of all roles to the handler', async () => {
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

  it('names each missing permission', async () => {
    await expect(ask('guarded', tokenOf('7')).answer).rejects.toMatchObject({
      code: 'PERMISSION_MISSING',
      message: 'This needs the permissions loans:update and loans:post.',
    });
  });

  it('checks the signature with a key object, which no request has to parse', async () => {
    const verifier = jest.spyOn(
      Strategy as unknown as { JwtVerifier: (...given: unknown[]) => void },
      'JwtVerifier',
    );
    await expect(ask('signedIn', tokenOf('7')).answer).resolves.toBe(true);
    expect(verifier.mock.calls.map(([, key]) => key)).toEqual([expect.any(KeyObject)]);
  });

  it('passes a database outage on instead of reporting an unauthenticated request', async () => {
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
