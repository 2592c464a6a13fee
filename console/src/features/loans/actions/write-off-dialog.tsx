import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { useWrite } from '../../../shared/forms/use-write';
import { ConfirmDialog } from '../../../shared/forms/confirm-dialog';
import { formatDollars } from '../../../shared/format';
import { PREVIEW_REASON } from '../../../shared/forms/preview-reason';
import { Preview } from '../../../shared/forms/preview';
import type { Loan } from '../loan';
import { LoanBeforeAfter } from './loan-before-after';

interface WriteOffDialogProps {
  readonly loan: Loan;
  readonly onClose: () => void;
}

export function WriteOffDialog({ loan, onClose }: WriteOffDialogProps): ReactNode {
  const { t } = useTranslation();
  const path = { loan_id: loan.loan_id };
  const [reason, setReason] = useState('');
  const preview = api.useQuery(
    'post',
    '/api/v1/loans/{loan_id}/write-off',
    { params: { path }, body: { reason: PREVIEW_REASON, dry_run: true } },
    { gcTime: 0 },
  );
  const writingOff = useWrite(
    (body: Schemas['WriteOffLoanDto'], key) =>
      client.POST('/api/v1/loans/{loan_id}/write-off', {
        params: { path, header: { 'Idempotency-Key': key } },
        body,
      }),
    {
      successMessage: ({ loan: after }) =>
        t('loans.actions.doneWriteOff', {
          amount: formatDollars(after.left_to_recover),
          loan: loan.loan_id,
        }),
      preview,
      onSuccess: onClose,
    },
  );
  // what the loan page shows after it: posted and unposted principal, and posted interest
  const amount = preview.data ? formatDollars(preview.data.loan.left_to_recover) : '';
  return (
    <ConfirmDialog
      title={`${t('loans.actions.writeOff')} · ${loan.loan_id}`}
      text={t('loans.actions.writeOffText')}
      onClose={onClose}
      onConfirm={() => writingOff.mutate({ reason: reason.trim() })}
      confirmLabel={t('loans.actions.confirmWriteOff', { amount })}
      isDangerous
      canConfirm={preview.isSuccess}
      isSending={writingOff.isPending}
      error={writingOff.error}
      reason={{ value: reason, onChange: setReason }}
    >
      <Preview query={preview}>{(after) => <LoanBeforeAfter before={loan} after={after.loan} />}</Preview>
    </ConfirmDialog>
  );
}
