import { PERMISSIONS } from '../../../kernel/access/permission.js';
import { isRole, permissionsOf } from './role.js';

const sorted = (permissions: ReadonlySet<string>) => [...permissions].sort();

describe('roles', () => {
  it('lets FINANCE do everything with loans, the ledger, drivers and leases', () => {
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

  it('lets MANAGER look and export, and change nothing', () => {
    expect(sorted(permissionsOf(['MANAGER']))).toEqual([
      'drivers:view',
      'leases:view',
      'ledger:view',
      'loans:export',
      'loans:view',
    ]);
  });

  it('lets ADMIN do everything there is', () => {
    expect(sorted(permissionsOf(['ADMIN']))).toEqual([...PERMISSIONS].sort());
  });

  it('keeps users and the audit trail to ADMIN', () => {
    const others = permissionsOf(['FINANCE', 'MANAGER']);
    expect(others.has('users:manage')).toBe(false);
    expect(others.has('audit:view')).toBe(false);
  });

  it('keeps giving up a loan to ADMIN', () => {
    expect(permissionsOf(['FINANCE', 'MANAGER']).has('loans:write-off')).toBe(false);
    expect(permissionsOf(['ADMIN']).has('loans:write-off')).toBe(true);
  });

  it('adds the roles of a user up', () => {
    expect(permissionsOf(['MANAGER', 'FINANCE'])).toEqual(permissionsOf(['FINANCE']));
    expect(permissionsOf([]).size).toBe(0);
  });

  it.each(['finance', 'OWNER', '', 'toString'])('knows no role %p', (text) => {
    expect(isRole(text)).toBe(false);
  });
});
