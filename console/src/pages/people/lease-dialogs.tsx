import { NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client';
import type { Schemas } from '../../api/client';
import { useWrite } from '../../api/write';
import { DateField } from '../../shared/date-field';
import { DriverPicker } from '../../shared/driver-picker';
import { formatDate } from '../../shared/format';
import { FormDialog } from '../../shared/form-dialog';
import type { Editable } from '../../shared/record-form';
import { RecordForm, useTyped } from '../../shared/record-form';
import { useBusinessDate } from '../../shared/use-business-date';
import { Field } from '../../shared/form-refusals';

type Lease = Schemas['LeaseResponse'];

const STATUSES = ['ACTIVE', 'EXPIRED', 'TERMINATED'] as const;

export function NewLeaseDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const today = useBusinessDate();
  const [driverId, setDriverId] = useState<number | null>(null);
  const [values, setValues] = useState({ lease_number: '', medallion_number: '', vehicle_plate: '' });
  const [chosen, setStart] = useState<string | null>('');
  const start = chosen === '' ? (today ?? '') : chosen;
  const signing = useWrite(
    (body: Schemas['CreateLeaseDto'], key) =>
      client.POST('/api/v1/leases', { params: { header: { 'Idempotency-Key': key } }, body }),
    { done: ({ lease_number: lease }) => t('people.leases.signed', { lease }), onDone: onClose },
  );
  const text = (name: keyof typeof values, label: string): ReactNode => (
    <Field of={name}>
      <TextInput
        label={label}
        required
        value={values[name]}
        onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
      />
    </Field>
  );
  const { lease_number, medallion_number, vehicle_plate } = values;
  return (
    <FormDialog
      title={t('people.leases.add')}
      onClose={onClose}
      onSubmit={() =>
        driverId !== null &&
        start !== null &&
        signing.mutate({
          lease_number,
          medallion_number,
          vehicle_plate,
          driver_id: driverId,
          start_date: start,
        })
      }
      submitLabel={t('people.leases.add')}
      canSubmit={driverId !== null && start !== null}
      isSending={signing.isPending}
      error={signing.error}
    >
      <Field of="driver_id" label={t('field.driver')}>
        <DriverPicker data-autofocus value={driverId} onChange={setDriverId} />
      </Field>
      {text('lease_number', t('people.leases.number'))}
      {text('medallion_number', t('field.medallion'))}
      {text('vehicle_plate', t('field.plate'))}
      <Field of="start_date">
        <DateField label={t('people.leases.start')} required value={start} onChange={setStart} />
      </Field>
    </FormDialog>
  );
}

interface LeaseChangesDialogProps {
  readonly id: number;
  readonly onClose: () => void;
}

export function LeaseChangesDialog({ id, onClose }: LeaseChangesDialogProps): ReactNode {
  const { t } = useTranslation();
  return (
    <RecordForm
      address={`/api/v1/leases/${id}`}
      read={() => client.GET('/api/v1/leases/{lease_id}', { params: { path: { lease_id: id } } })}
      title={t('people.leases.edit')}
      onClose={onClose}
    >
      {(editable) => <ChangesForm editable={editable} onClose={onClose} />}
    </RecordForm>
  );
}

interface ChangesFormProps {
  readonly editable: Editable<Lease>;
  readonly onClose: () => void;
}

function ChangesForm({ editable, onClose }: ChangesFormProps): ReactNode {
  const { t } = useTranslation();
  const { record: lease, tag, reload } = editable;
  const startDate = useTyped<string | null>(
    editable,
    'start_date',
    lease.start_date,
    formatDate(lease.start_date),
  );
  const endDate = useTyped<string | null>(
    editable,
    'end_date',
    lease.end_date ?? '',
    lease.end_date === null ? '—' : formatDate(lease.end_date),
  );
  const status = useTyped(editable, 'status', lease.status, t(`status.${lease.status}`));
  const saving = useWrite(
    (body: Schemas['UpdateLeaseDto']) =>
      client.PATCH('/api/v1/leases/{lease_id}', {
        params: { path: { lease_id: lease.id }, header: { 'If-Match': tag } },
        body,
      }),
    { done: () => t('people.leases.saved', { lease: lease.lease_number }), onDone: onClose },
  );
  return (
    <FormDialog
      title={`${t('people.leases.edit')} · ${lease.lease_number}`}
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
          label={t('people.leases.start')}
          required
          description={startDate.meanwhile}
          value={startDate.value}
          onChange={startDate.set}
        />
      </Field>
      <Field of="end_date">
        <DateField
          label={t('people.leases.end')}
          description={endDate.meanwhile}
          value={endDate.value}
          onChange={endDate.set}
        />
      </Field>
      <Field of="status">
        <NativeSelect
          label={t('field.status')}
          data={STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
          description={status.meanwhile}
          value={status.value}
          onChange={(event) => status.set(event.currentTarget.value as Lease['status'])}
        />
      </Field>
    </FormDialog>
  );
}
