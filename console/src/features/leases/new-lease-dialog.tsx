import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client';
import type { Schemas } from '../../api/client';
import { DateField } from '../../shared/forms/date-field';
import { DriverPicker } from '../../shared/forms/driver-picker';
import { FormDialog } from '../../shared/forms/form-dialog';
import { Field } from '../../shared/forms/form-errors';
import { useWrite } from '../../shared/forms/use-write';
import { useBusinessDate } from '../../shared/posting-schedule';

export function NewLeaseDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const today = useBusinessDate();
  const [driverId, setDriverId] = useState<number | null>(null);
  const [values, setValues] = useState({ lease_number: '', medallion_number: '', vehicle_plate: '' });
  const [chosen, setStart] = useState<string | null>('');
  const start = chosen === '' ? (today ?? '') : chosen;
  const creating = useWrite(
    (body: Schemas['CreateLeaseDto'], key) =>
      client.POST('/api/v1/leases', { params: { header: { 'Idempotency-Key': key } }, body }),
    { successMessage: ({ lease_number: lease }) => t('leases.created', { lease }), onSuccess: onClose },
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
      title={t('leases.add')}
      onClose={onClose}
      onSubmit={() =>
        driverId !== null &&
        start !== null &&
        creating.mutate({
          lease_number,
          medallion_number,
          vehicle_plate,
          driver_id: driverId,
          start_date: start,
        })
      }
      submitLabel={t('leases.add')}
      canSubmit={driverId !== null && start !== null}
      isSending={creating.isPending}
      error={creating.error}
    >
      <Field of="driver_id" label={t('field.driver')}>
        <DriverPicker data-autofocus value={driverId} onChange={setDriverId} />
      </Field>
      {text('lease_number', t('leases.number'))}
      {text('medallion_number', t('field.medallion'))}
      {text('vehicle_plate', t('field.plate'))}
      <Field of="start_date">
        <DateField label={t('leases.start')} required value={start} onChange={setStart} />
      </Field>
    </FormDialog>
  );
}
