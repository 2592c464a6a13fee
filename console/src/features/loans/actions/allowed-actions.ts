import { usePermission } from '../../../api/session';
import { isZero } from '../../../shared/format';
import type { Loan } from '../loan';

const LOAN_ACTIONS = [
  'approve',
  'hold',
  'resume',
  'payoff',
  'undoPayoff',
  'edit',
  'cancel',
  'writeOff',
  'recover',
] as const;

export type LoanAction = (typeof LOAN_ACTIONS)[number];

export const isOpen = ({ status }: Loan): boolean => status === 'ACTIVE' || status === 'ON_HOLD';

/** The actions that the status of the loan and the permissions of the user allow. The service checks both again. */
export function useAllowedActions(loan: Loan): readonly LoanAction[] {
  const mayUpdate = usePermission('loans:update');
  const isPermitted: Readonly<Record<LoanAction, boolean>> = {
    approve: mayUpdate,
    hold: mayUpdate,
    resume: mayUpdate,
    payoff: usePermission('loans:update', 'loans:post'),
    undoPayoff: usePermission('loans:update', 'ledger:void'),
    edit: mayUpdate,
    cancel: mayUpdate,
    writeOff: usePermission('loans:write-off'),
    recover: usePermission('ledger:post'),
  };
  return LOAN_ACTIONS.filter((action) => isPermitted[action] && IS_POSSIBLE[action](loan));
}

const IS_POSSIBLE: Readonly<Record<LoanAction, (loan: Loan) => boolean>> = {
  approve: ({ status }) => status === 'DRAFT',
  hold: ({ status }) => status === 'ACTIVE',
  resume: ({ status }) => status === 'ON_HOLD',
  payoff: isOpen,
  undoPayoff: isPaidOff,
  edit: () => true,
  cancel: (loan) => (isOpen(loan) || loan.status === 'DRAFT') && !hasPostings(loan),
  writeOff: isOpen,
  recover: (loan) => !isZero(loan.left_to_recover),
};

const hasPostings = ({ installments }: Loan): boolean =>
  installments.some(({ posted_to_ledger }) => posted_to_ledger);

/** Whether the schedule looks like that of a payoff: the last installment has replaced others. */
function isPaidOff({ status, installments }: Loan): boolean {
  const last = installments.at(-1);
  return (
    status !== 'CANCELLED' &&
    last !== undefined &&
    last.status !== 'SKIPPED' &&
    installments.some((installment) => installment.status === 'SKIPPED')
  );
}
