import { missingPermissions, missingPermissionsSentence } from './missing-permissions.js';

describe('the permissions of a route', () => {
  it('lets in who holds all of them', () => {
    expect(missingPermissions(['loans:view'], new Set(['loans:view', 'loans:export']))).toEqual([]);
  });

  it('lets in anybody who is signed in where none is needed', () => {
    expect(missingPermissions([], new Set())).toEqual([]);
  });

  it('asks for each one that is not held, not only the first', () => {
    expect(missingPermissions(['loans:update', 'loans:post'], new Set(['loans:view']))).toEqual([
      'loans:update',
      'loans:post',
    ]);
  });

  it('does not take one permission for another of the same area', () => {
    expect(missingPermissions(['loans:create'], new Set(['loans:view', 'loans:update']))).toEqual([
      'loans:create',
    ]);
  });

  it('names the missing ones in a sentence', () => {
    expect(missingPermissionsSentence(['loans:create'])).toBe('This needs the permission loans:create.');
    expect(missingPermissionsSentence(['loans:update', 'loans:post'])).toBe(
      'This needs the permissions loans:update and loans:post.',
    );
  });
});
