import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { useWrite } from '../../../shared/forms/use-write';
import { ConfirmDialog } from '../../../shared/forms/confirm-dialog';
import { PREVIEW_REASON } from '../../../shared/forms/preview-reason';
import { Preview } from '../../../shared/forms/preview';
import type { Loan } from '../loan';
import { LoanBeforeAfter } from './loan-before-after';

interface UndoPayoffDialogProps {
  readonly loan: Loan;
  readonly onClose: () => void;
}

/** Voids the postings of a payoff and restores the schedule that it replaced. */
export function UndoPayoffDialog({ loan, onClose }: UndoPayoffDialogProps): ReactNode {
  const { t } = useTranslation();
  const path = { loan_id: loan.loan_id };
  const [reason, setReason] = useState('');
  const preview = api.useQuery(
    'post',
    '/api/v1/loans/{loan_id}/payoff/undo',
    { params: { path }, body: { reason: PREVIEW_REASON, dry_run: true } },
    { gcTime: 0 },
  );
  const undoing = useWrite(
    (body: Schemas['UndoPayoffDto'], key) =>
      client.POST('/api/v1/loans/{loan_id}/payoff/undo', {
        params: { path, header: { 'Idempotency-Key': key } },
        body,
      }),
    {
      successMessage: () => t('loans.actions.doneUndoPayoff', { loan: loan.loan_id }),
      preview,
      onSuccess: onClose,
    },
  );
  return (
    <ConfirmDialog
      title={`${t('loans.actions.undoPayoff')} · ${loan.loan_id}`}
      text={t('loans.actions.undoPayoffText')}
      onClose={onClose}
      onConfirm={() => undoing.mutate({ reason: reason.trim() })}
      confirmLabel={t('loans.actions.confirmUndoPayoff')}
      isDangerous
      canConfirm={preview.isSuccess}
      isSending={undoing.isPending}
      error={undoing.error}
      reason={{ value: reason, onChange: setReason }}
    >
      <Preview query={preview}>{(after) => <LoanBeforeAfter before={loan} after={after.loan} />}</Preview>
    </ConfirmDialog>
  );
}
