import { Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { useWrite } from '../../../api/write';
import { ConfirmDialog } from '../../../shared/confirm-dialog';
import type { Editable } from '../../../shared/record-form';
import { useTyped } from '../../../shared/record-form';
import type { Loan } from './loan-page';
import { Field } from '../../../shared/form-refusals';

interface EditDialogProps {
  readonly editable: Editable<Loan>;
  readonly onClose: () => void;
}

export function EditDialog({ editable, onClose }: EditDialogProps): ReactNode {
  const { t } = useTranslation();
  const { record: loan, tag, reload } = editable;
  const purpose = useTyped(editable, 'purpose', loan.purpose ?? '');
  const notes = useTyped(editable, 'notes', loan.notes ?? '');
  const saving = useWrite(
    (body: Schemas['UpdateLoanDto']) =>
      client.PATCH('/api/v1/loans/{loan_id}', {
        params: { path: { loan_id: loan.loan_id }, header: { 'If-Match': tag } },
        body,
      }),
    { done: () => t('loans.actions.doneEdit', { loan: loan.loan_id }), onDone: onClose },
  );
  return (
    <ConfirmDialog
      title={`${t('loans.actions.edit')} · ${loan.loan_id}`}
      onClose={onClose}
      onConfirm={() =>
        saving.mutate({ purpose: purpose.value.trim() || null, notes: notes.value.trim() || null })
      }
      confirmLabel={t('write.save')}
      isSending={saving.isPending}
      error={saving.error}
      onReload={reload}
    >
      <Field of="purpose">
        <TextInput
          data-autofocus
          label={t('loans.purpose')}
          maxLength={255}
          description={purpose.meanwhile}
          value={purpose.value}
          onChange={(event) => purpose.set(event.currentTarget.value)}
        />
      </Field>
      <Field of="notes">
        <Textarea
          label={t('loans.notes')}
          autosize
          minRows={3}
          description={notes.meanwhile}
          value={notes.value}
          onChange={(event) => notes.set(event.currentTarget.value)}
        />
      </Field>
    </ConfirmDialog>
  );
}
