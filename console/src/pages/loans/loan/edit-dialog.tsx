import { Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { useWrite } from '../../../api/write';
import { ConfirmDialog } from '../../../shared/confirm-dialog';
import type { Editable } from '../../../shared/record-form';
import type { Loan } from './loan-page';

interface EditDialogProps {
  readonly editable: Editable<Loan>;
  readonly onClose: () => void;
}

export function EditDialog({ editable: { record: loan, tag, reload }, onClose }: EditDialogProps): ReactNode {
  const { t } = useTranslation();
  const [purpose, setPurpose] = useState(loan.purpose ?? '');
  const [notes, setNotes] = useState(loan.notes ?? '');
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
      onConfirm={() => saving.mutate({ purpose: purpose.trim() || null, notes: notes.trim() || null })}
      confirmLabel={t('write.save')}
      isSending={saving.isPending}
      error={saving.error}
      onReload={reload}
    >
      <TextInput
        data-autofocus
        label={t('loans.purpose')}
        maxLength={255}
        value={purpose}
        onChange={(event) => setPurpose(event.currentTarget.value)}
      />
      <Textarea
        label={t('loans.notes')}
        autosize
        minRows={3}
        value={notes}
        onChange={(event) => setNotes(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}
