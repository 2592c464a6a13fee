/** The permissions of users (docs/domain.md, "Users and permissions"). */
export const PERMISSIONS = [
  'loans:create',
  'loans:view',
  'loans:update',
  'loans:post',
  'loans:write-off',
  'loans:export',
  'ledger:view',
  'ledger:post',
  'ledger:void',
  'ledger:refund',
  'drivers:view',
  'drivers:manage',
  'leases:view',
  'leases:manage',
  'users:manage',
  'audit:view',
] as const;

export type Permission = (typeof PERMISSIONS)[number];
