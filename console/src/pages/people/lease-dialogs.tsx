import { NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, entityTagOf } from '../../api/client';
import type { Schemas } from '../../api/client';
import { useWrite } from '../../api/write';
import { DriverPicker } from '../../shared/driver-picker';
import { FormDialog } from '../../shared/form-dialog';
import { useBusinessDate } from '../../shared/use-business-date';

type Lease = Schemas['LeaseResponse'];

const STATUSES = ['ACTIVE', 'EXPIRED', 'TERMINATED'] as const;

export function NewLeaseDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const today = useBusinessDate();
  const [driverId, setDriverId] = useState<number | null>(null);
  const [values, setValues] = useState({
    lease_number: '',
    medallion_number: '',
    vehicle_plate: '',
    start: '',
  });
  const start = values.start || today || '';
  const signing = useWrite(
    (body: Schemas['NewLeaseDto'], key) =>
      client.POST('/api/v1/leases', { params: { header: { 'Idempotency-Key': key } }, body }),
    { done: ({ lease_number: lease }) => t('people.leases.signed', { lease }), onDone: onClose },
  );
  const text = (name: keyof typeof values, label: string, type = 'text'): ReactNode => (
    <TextInput
      label={label}
      type={type}
      required
      value={name === 'start' ? start : values[name]}
      onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
    />
  );
  const { lease_number, medallion_number, vehicle_plate } = values;
  return (
    <FormDialog
      title={t('people.leases.add')}
      onClose={onClose}
      onSubmit={() =>
        driverId !== null &&
        signing.mutate({
          lease_number,
          medallion_number,
          vehicle_plate,
          driver_id: driverId,
          start_date: start,
        })
      }
      submitLabel={t('people.leases.add')}
      canSubmit={driverId !== null}
      isSending={signing.isPending}
      error={signing.error}
    >
      <DriverPicker data-autofocus value={driverId} onChange={setDriverId} />
      {text('lease_number', t('people.leases.number'))}
      {text('medallion_number', t('field.medallion'))}
      {text('vehicle_plate', t('field.plate'))}
      {text('start', t('people.leases.start'), 'date')}
    </FormDialog>
  );
}

interface LeaseChangesDialogProps {
  readonly lease: Lease;
  readonly onClose: () => void;
}

export function LeaseChangesDialog({ lease, onClose }: LeaseChangesDialogProps): ReactNode {
  const { t } = useTranslation();
  const [tag] = useState(() => entityTagOf(`/api/v1/leases/${lease.id}`));
  const [values, setValues] = useState({
    start_date: lease.start_date,
    end_date: lease.end_date ?? '',
    status: lease.status,
  });
  const saving = useWrite(
    (body: Schemas['LeaseChangesDto']) =>
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
      onSubmit={() => saving.mutate({ ...values, end_date: values.end_date || null })}
      submitLabel={t('write.save')}
      isSending={saving.isPending}
      error={saving.error}
    >
      <TextInput
        data-autofocus
        type="date"
        label={t('people.leases.start')}
        required
        value={values.start_date}
        onChange={(event) => setValues({ ...values, start_date: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t('people.leases.end')}
        value={values.end_date}
        onChange={(event) => setValues({ ...values, end_date: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('field.status')}
        data={STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
        value={values.status}
        onChange={(event) => setValues({ ...values, status: event.currentTarget.value as Lease['status'] })}
      />
    </FormDialog>
  );
}
