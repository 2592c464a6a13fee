/** The permissions of this module, each with its label. Who has them: users/access/role.ts. */
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
