import { SYSTEM_ACTOR } from './actor.js';
import type { Permission } from './actor.js';
import { requirePermissions } from './required-permissions.js';

const check = (held: readonly Permission[], needed: readonly Permission[]) => () =>
  requirePermissions({ permissions: new Set(held) }, needed);

describe('the permission check', () => {
  it('accepts an actor with all required permissions', () => {
    expect(check(['loans:view', 'loans:export'], ['loans:view'])).not.toThrow();
  });

  it('accepts every actor when no permission is required', () => {
    expect(check([], [])).not.toThrow();
  });

  it.each<[Permission[], Permission[], string]>([
    [['loans:view'], ['loans:view', 'loans:create'], 'This needs the permission loans:create.'],
    [
      ['loans:view'],
      ['loans:update', 'loans:post'],
      'This needs the permissions loans:update and loans:post.',
    ],
    [['loans:view', 'loans:update'], ['loans:create'], 'This needs the permission loans:create.'],
  ])('names the missing permissions of an actor with %j who needs %j', (held, needed, message) => {
    expect(check(held, needed)).toThrow(
      expect.objectContaining({ code: 'PERMISSION_MISSING', message }) as Error,
    );
  });

  it('always accepts the system actor', () => {
    expect(() =>
      requirePermissions(SYSTEM_ACTOR, ['loans:post', 'users:manage', 'audit:view']),
    ).not.toThrow();
  });
});
