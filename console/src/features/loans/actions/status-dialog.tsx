import { Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { useWrite } from '../../../shared/forms/use-write';
import { ConfirmDialog } from '../../../shared/forms/confirm-dialog';
import { PREVIEW_REASON } from '../../../shared/forms/preview-reason';
import { Preview } from '../../../shared/forms/preview';
import type { Editable } from '../../../shared/forms/record-form';
import { useEditedField } from '../../../shared/forms/record-form';
import { useBusinessDate } from '../../../shared/posting-schedule';
import { WeekPicker } from '../../../shared/forms/week-picker';
import type { Loan } from '../loan';
import { LoanBeforeAfter } from './loan-before-after';
import { Field } from '../../../shared/forms/form-errors';

type StatusAction = 'hold' | 'resume' | 'cancel';

const STATUS_CHANGES = {
  hold: { status: 'ON_HOLD', confirm: 'confirmHold', text: 'holdText', done: 'doneHold' },
  resume: { status: 'ACTIVE', confirm: 'confirmResume', text: 'resumeText', done: 'doneResume' },
  cancel: { status: 'CANCELLED', confirm: 'confirmCancel', text: 'cancelText', done: 'doneCancel' },
} as const;

/** A resume moves installments with these statuses. */
const MOVABLE = ['SCHEDULED', 'DUE'];

interface StatusDialogProps {
  readonly action: StatusAction;
  readonly editable: Editable<Loan>;
  readonly onClose: () => void;
}

/** Puts a loan on hold, resumes it or cancels it. */
export function StatusDialog({ action, editable, onClose }: StatusDialogProps): ReactNode {
  const { record: loan, tag, reload } = editable;
  const { t } = useTranslation();
  const today = useBusinessDate();
  const { status, confirm, text, done } = STATUS_CHANGES[action];
  const path = { loan_id: loan.loan_id };
  const { value: reason, set: setReason } = useEditedField(editable, 'reason', '');
  const { value: resumeWeek, set: setResumeWeek } = useEditedField<string | null>(
    editable,
    'resume_week',
    null,
  );
  const { value: isWaived, set: setWaived } = useEditedField(editable, 'waive_interest', false);
  const change = {
    status,
    ...(action === 'resume' && { resume_week: resumeWeek ?? undefined, waive_interest: isWaived }),
  };
  const preview = api.useQuery(
    'put',
    '/api/v1/loans/{loan_id}/status',
    { params: { path }, body: { ...change, reason: PREVIEW_REASON, dry_run: true } },
    { gcTime: 0 },
  );
  // until the user chooses a week, the service does
  const first = preview.data?.installments.find((installment) => MOVABLE.includes(installment.status));
  const week = resumeWeek ?? first?.week_start ?? null;
  const changing = useWrite(
    (body: Schemas['ChangeLoanStatusDto']) =>
      client.PUT('/api/v1/loans/{loan_id}/status', { params: { path, header: { 'If-Match': tag } }, body }),
    { successMessage: () => t(`loans.actions.${done}`, { loan: loan.loan_id }), onSuccess: onClose },
  );
  return (
    <ConfirmDialog
      title={`${t(`loans.actions.${action}`)} · ${loan.loan_id}`}
      text={t(`loans.actions.${text}`)}
      onClose={onClose}
      onConfirm={() => changing.mutate({ ...change, reason: reason.trim() })}
      confirmLabel={t(`loans.actions.${confirm}`)}
      isDangerous={action === 'cancel'}
      canConfirm={preview.isSuccess}
      isSending={changing.isPending}
      error={changing.error}
      onReload={reload}
      reason={{ value: reason, onChange: setReason }}
    >
      {action === 'resume' && (
        <>
          <Field of="resume_week">
            <WeekPicker
              data-autofocus
              label={t('loans.actions.resumeWeek')}
              today={today}
              from={0}
              to={52}
              value={week}
              onChange={setResumeWeek}
            />
          </Field>
          <Checkbox
            label={t('loans.actions.waive')}
            description={t('loans.actions.waiveHint')}
            checked={isWaived}
            onChange={(event) => setWaived(event.currentTarget.checked)}
          />
        </>
      )}
      <Preview query={preview}>{(after) => <LoanBeforeAfter before={loan} after={after} />}</Preview>
    </ConfirmDialog>
  );
}
