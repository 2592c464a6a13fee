import { isRole, permissionsOf } from './role.js';

const sorted = (permissions: ReadonlySet<string>) => [...permissions].sort();

describe('the permission set of a role', () => {
  it('allows FINANCE everything with loans, the ledger, drivers and leases', () => {
    expect(sorted(permissionsOf(['FINANCE']))).toEqual([
      'drivers:manage',
      'drivers:view',
      'leases:manage',
      'leases:view',
      'ledger:post',
      'ledger:refund',
      'ledger:view',
      'ledger:void',
      'loans:create',
      'loans:export',
      'loans:post',
      'loans:update',
      'loans:view',
    ]);
  });

  it('allows MANAGER to view and export but not to change', () => {
    expect(sorted(permissionsOf(['MANAGER']))).toEqual([
      'drivers:view',
      'leases:view',
      'ledger:view',
      'loans:export',
      'loans:view',
    ]);
  });

  it('allows ADMIN everything', () => {
    // test/architecture/routes-declare-access.spec.ts compares the set with the permissions of all modules
    const some = [...permissionsOf(['FINANCE']), 'loans:write-off', 'users:manage', 'audit:view'];
    expect([...permissionsOf(['ADMIN'])]).toEqual(expect.arrayContaining(some));
  });

  it('allows users and the audit log only for ADMIN', () => {
    const others = permissionsOf(['FINANCE', 'MANAGER']);
    expect(others.has('users:manage')).toBe(false);
    expect(others.has('audit:view')).toBe(false);
  });

  it('allows a write-off only for ADMIN', () => {
    expect(permissionsOf(['FINANCE', 'MANAGER']).has('loans:write-off')).toBe(false);
    expect(permissionsOf(['ADMIN']).has('loans:write-off')).toBe(true);
  });

  it('combines the roles of a user', () => {
    expect(permissionsOf(['MANAGER', 'FINANCE'])).toEqual(permissionsOf(['FINANCE']));
    expect(permissionsOf([]).size).toBe(0);
  });

  it.each(['finance', 'OWNER', '', 'toString'])('contains no role %p', (text) => {
    expect(isRole(text)).toBe(false);
  });
});
