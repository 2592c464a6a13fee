import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { useWrite } from '../../../shared/forms/use-write';
import { ConfirmDialog } from '../../../shared/forms/confirm-dialog';
import { sundayOf } from '../../../shared/format';
import { Preview } from '../../../shared/forms/preview';
import { useBusinessDate } from '../../../shared/posting-schedule';
import { WeekPicker } from '../../../shared/forms/week-picker';
import type { Loan } from '../loan';
import { LoanBeforeAfter } from './loan-before-after';
import { Field } from '../../../shared/forms/form-errors';

interface LoanDialogProps {
  readonly loan: Loan;
  readonly onClose: () => void;
}

export function ApproveDialog({ loan, onClose }: LoanDialogProps): ReactNode {
  const { t } = useTranslation();
  const path = { loan_id: loan.loan_id };
  const [reason, setReason] = useState('');
  const today = useBusinessDate();
  const [startWeek, setStartWeek] = useState<string | null>(null);
  const hasPassed = today !== undefined && loan.start_week < sundayOf(today);
  const change = { start_week: startWeek ?? undefined };
  const preview = api.useQuery(
    'post',
    '/api/v1/loans/{loan_id}/approve',
    { params: { path }, body: { ...change, dry_run: true } },
    { gcTime: 0 },
  );
  const approving = useWrite(
    (body: Schemas['ApproveLoanDto'], key) =>
      client.POST('/api/v1/loans/{loan_id}/approve', {
        params: { path, header: { 'Idempotency-Key': key } },
        body,
      }),
    {
      successMessage: () => t('loans.actions.doneApprove', { loan: loan.loan_id }),
      preview,
      onSuccess: onClose,
    },
  );
  return (
    <ConfirmDialog
      title={`${t('loans.actions.approve')} · ${loan.loan_id}`}
      text={t('loans.actions.approveText')}
      onClose={onClose}
      onConfirm={() => approving.mutate({ ...change, reason: reason.trim() || undefined })}
      confirmLabel={t('loans.actions.confirmApprove')}
      canConfirm={preview.isSuccess}
      isSending={approving.isPending}
      error={approving.error}
      reason={{ value: reason, onChange: setReason, isOptional: true }}
    >
      {hasPassed && (
        <Field of="start_week">
          <WeekPicker
            label={t('loans.actions.firstWeek')}
            description={t('loans.actions.firstWeekHint')}
            today={today}
            from={0}
            to={52}
            value={startWeek ?? preview.data?.start_week ?? null}
            onChange={setStartWeek}
          />
        </Field>
      )}
      <Preview query={preview}>{(after) => <LoanBeforeAfter before={loan} after={after} />}</Preview>
    </ConfirmDialog>
  );
}
