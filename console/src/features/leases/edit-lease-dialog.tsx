import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { codesOf, labels } from '../../i18n/code-lists';
import { client } from '../../api/client';
import type { Schemas } from '../../api/client';
import { formatDate } from '../../shared/format';
import { DateField } from '../../shared/forms/date-field';
import { FormDialog } from '../../shared/forms/form-dialog';
import { Field } from '../../shared/forms/form-errors';
import type { Editable } from '../../shared/forms/record-form';
import { RecordForm, useEditedField } from '../../shared/forms/record-form';
import { StatusField } from '../../shared/forms/status-field';
import { useWrite } from '../../shared/forms/use-write';

type Lease = Schemas['LeaseResponse'];

const STATUSES = codesOf(labels.lease_status);

interface EditLeaseDialogProps {
  readonly id: number;
  readonly onClose: () => void;
}

export function EditLeaseDialog({ id, onClose }: EditLeaseDialogProps): ReactNode {
  const { t } = useTranslation();
  return (
    <RecordForm
      address={`/api/v1/leases/${id}`}
      read={() => client.GET('/api/v1/leases/{lease_id}', { params: { path: { lease_id: id } } })}
      title={t('leases.edit')}
      onClose={onClose}
    >
      {(editable) => <EditForm editable={editable} onClose={onClose} />}
    </RecordForm>
  );
}

interface EditFormProps {
  readonly editable: Editable<Lease>;
  readonly onClose: () => void;
}

function EditForm({ editable, onClose }: EditFormProps): ReactNode {
  const { t } = useTranslation();
  const { record: lease, tag, reload } = editable;
  const startDate = useEditedField<string | null>(
    editable,
    'start_date',
    lease.start_date,
    formatDate(lease.start_date),
  );
  const endDate = useEditedField<string | null>(
    editable,
    'end_date',
    lease.end_date ?? '',
    lease.end_date === null ? '—' : formatDate(lease.end_date),
  );
  const status = useEditedField<Lease['status']>(
    editable,
    'status',
    lease.status,
    t(`status.${lease.status}`),
  );
  const saving = useWrite(
    (body: Schemas['UpdateLeaseDto']) =>
      client.PATCH('/api/v1/leases/{lease_id}', {
        params: { path: { lease_id: lease.id }, header: { 'If-Match': tag } },
        body,
      }),
    { successMessage: () => t('leases.saved', { lease: lease.lease_number }), onSuccess: onClose },
  );
  return (
    <FormDialog
      title={`${t('leases.edit')} · ${lease.lease_number}`}
      onClose={onClose}
      onSubmit={() =>
        startDate.value !== null &&
        saving.mutate({
          start_date: startDate.value,
          end_date: endDate.value || null,
          status: status.value,
        })
      }
      canSubmit={startDate.value !== null && endDate.value !== null}
      submitLabel={t('write.save')}
      isSending={saving.isPending}
      error={saving.error}
      onReload={reload}
    >
      <Field of="start_date">
        <DateField
          data-autofocus
          label={t('leases.start')}
          required
          description={startDate.savedMeanwhile}
          value={startDate.value}
          onChange={startDate.set}
        />
      </Field>
      <Field of="end_date">
        <DateField
          label={t('leases.end')}
          description={endDate.savedMeanwhile}
          value={endDate.value}
          onChange={endDate.set}
        />
      </Field>
      <StatusField options={STATUSES} field={status} />
    </FormDialog>
  );
}
