/** The permissions of this module with their labels. users/access/role.ts grants them to roles. */
export const LOAN_PERMISSIONS = {
  'loans:create': 'Create loans',
  'loans:view': 'View loans',
  'loans:update': 'Change loans',
  'loans:post': 'Post installments',
  'loans:write-off': 'Write off loans',
  'loans:export': 'Export loans',
} as const;

type LoanPermissions = typeof LOAN_PERMISSIONS;

declare module '../../kernel/access/actor.js' {
  interface PermissionLabels extends LoanPermissions {}
}
