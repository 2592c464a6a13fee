/** The permissions of this module with their labels. users/access/role.ts grants them to roles. */
export const LEDGER_PERMISSIONS = {
  'ledger:view': 'View the ledger',
  'ledger:post': 'Post obligations and payments',
  'ledger:void': 'Void postings',
  'ledger:refund': 'Refund credits',
} as const;

type LedgerPermissions = typeof LEDGER_PERMISSIONS;

declare module '../../kernel/access/actor.js' {
  interface PermissionLabels extends LedgerPermissions {}
}
