import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../../api/client';
import { RecordForm } from '../../../shared/forms/record-form';
import type { Loan } from '../loan';
import type { LoanAction } from './allowed-actions';
import { ApproveDialog } from './approve-dialog';
import { EditDialog } from './edit-dialog';
import { PayoffDialog } from './payoff-dialog';
import { RecoverDialog } from './recover-dialog';
import { StatusDialog } from './status-dialog';
import { UndoPayoffDialog } from './undo-payoff-dialog';
import { WriteOffDialog } from './write-off-dialog';

interface LoanActionDialogProps {
  readonly action: LoanAction;
  readonly loan: Loan;
  readonly onClose: () => void;
}

export function LoanActionDialog({ action, loan, onClose }: LoanActionDialogProps): ReactNode {
  switch (action) {
    case 'approve':
      return <ApproveDialog loan={loan} onClose={onClose} />;
    case 'payoff':
      return <PayoffDialog loan={loan} onClose={onClose} />;
    case 'undoPayoff':
      return <UndoPayoffDialog loan={loan} onClose={onClose} />;
    case 'writeOff':
      return <WriteOffDialog loan={loan} onClose={onClose} />;
    case 'recover':
      return <RecoverDialog loan={loan} onClose={onClose} />;
    case 'edit':
    case 'hold':
    case 'resume':
    case 'cancel':
      return <ChangeDialog action={action} loan={loan} onClose={onClose} />;
  }
}

interface ChangeDialogProps extends LoanActionDialogProps {
  readonly action: 'edit' | 'hold' | 'resume' | 'cancel';
}

/** A change that the service rejects if another user has changed the loan since it was loaded. */
function ChangeDialog({ action, loan: { loan_id }, onClose }: ChangeDialogProps): ReactNode {
  const { t } = useTranslation();
  return (
    <RecordForm
      address={`/api/v1/loans/${loan_id}`}
      read={() => client.GET('/api/v1/loans/{loan_id}', { params: { path: { loan_id } } })}
      title={`${t(`loans.actions.${action}`)} · ${loan_id}`}
      onClose={onClose}
    >
      {(editable) =>
        action === 'edit' ? (
          <EditDialog editable={editable} onClose={onClose} />
        ) : (
          <StatusDialog action={action} editable={editable} onClose={onClose} />
        )
      }
    </RecordForm>
  );
}
