import { SYSTEM_ACTOR } from './actor.js';
import type { Permission } from './permission.js';
import { PERMISSIONS } from './permission.js';
import { requirePermissions } from './required-permissions.js';

const check = (held: readonly Permission[], needed: readonly Permission[]) => () =>
  requirePermissions({ permissions: new Set(held) }, needed);

describe('required permissions', () => {
  it('are met by an actor who holds all of them', () => {
    expect(check(['loans:view', 'loans:export'], ['loans:view'])).not.toThrow();
  });

  it('are met by every actor where none is needed', () => {
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
  ])('with %j held and %j needed are refused: each missing one is named', (held, needed, message) => {
    expect(check(held, needed)).toThrow(
      expect.objectContaining({ code: 'PERMISSION_MISSING', message }) as Error,
    );
  });

  it('are always met by the system', () => {
    expect(() => requirePermissions(SYSTEM_ACTOR, PERMISSIONS)).not.toThrow();
  });
});
