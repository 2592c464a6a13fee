import type { InstallmentStatus, LoanStatus } from '../../loan/loan-status.js';
import { postingRefusal } from '../../loan/loan-status.js';

interface ChosenInstallment {
  readonly installment_id: string;
  readonly status: InstallmentStatus;
  readonly ledger_balance_id: string | null;
  readonly loan_id: string;
  readonly loan_status: LoanStatus;
}

interface InstallmentRefusal {
  readonly installment_id: string;
  readonly code: string;
  readonly message: string;
}

/** Why a run that was asked for the installment skips it, as an error of the run; null if it is to be posted. */
export function installmentRefusal(installment: ChosenInstallment): InstallmentRefusal | null {
  const { installment_id, status, ledger_balance_id, loan_id, loan_status } = installment;
  if (ledger_balance_id !== null) {
    const message = `The installment was posted before, as balance ${ledger_balance_id}.`;
    return { installment_id, code: 'INSTALLMENT_ALREADY_POSTED', message };
  }
  const refusal = postingRefusal({ loanId: loan_id, status: loan_status });
  if (refusal !== null) return { installment_id, ...refusal };
  if (status !== 'SKIPPED') return null;
  const message = `The installment was skipped when the plan of ${loan_id} changed, so it is not owed.`;
  return { installment_id, code: 'INSTALLMENT_SKIPPED', message };
}
