import { Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { useWrite } from '../../../shared/forms/use-write';
import { ConfirmDialog } from '../../../shared/forms/confirm-dialog';
import type { Editable } from '../../../shared/forms/record-form';
import { useEditedField } from '../../../shared/forms/record-form';
import type { Loan } from '../loan';
import { Field } from '../../../shared/forms/form-errors';

interface EditDialogProps {
  readonly editable: Editable<Loan>;
  readonly onClose: () => void;
}

export function EditDialog({ editable, onClose }: EditDialogProps): ReactNode {
  const { t } = useTranslation();
  const { record: loan, tag, reload } = editable;
  const purpose = useEditedField(editable, 'purpose', loan.purpose ?? '');
  const notes = useEditedField(editable, 'notes', loan.notes ?? '');
  const saving = useWrite(
    (body: Schemas['UpdateLoanDto']) =>
      client.PATCH('/api/v1/loans/{loan_id}', {
        params: { path: { loan_id: loan.loan_id }, header: { 'If-Match': tag } },
        body,
      }),
    { successMessage: () => t('loans.actions.doneEdit', { loan: loan.loan_id }), onSuccess: onClose },
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
          description={purpose.savedMeanwhile}
          value={purpose.value}
          onChange={(event) => purpose.set(event.currentTarget.value)}
        />
      </Field>
      <Field of="notes">
        <Textarea
          label={t('loans.notes')}
          autosize
          minRows={3}
          description={notes.savedMeanwhile}
          value={notes.value}
          onChange={(event) => notes.set(event.currentTarget.value)}
        />
      </Field>
    </ConfirmDialog>
  );
}
