import { NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client';
import { asProblem } from '../../api/problem';
import { useWrite } from '../../api/write';
import type { Driver } from '../../shared/driver-picker';
import { driverName } from '../../shared/driver-picker';
import { FormDialog } from '../../shared/form-dialog';
import type { Editable } from '../../shared/record-form';
import { RecordForm } from '../../shared/record-form';

interface DriverDialogProps {
  /** Of the driver to be changed; without it a new one is registered */
  readonly id?: number;
  readonly onClose: () => void;
}

const STATUSES = ['ACTIVE', 'INACTIVE', 'SUSPENDED'] as const;
const TEXTS = ['tlc_license_number', 'first_name', 'last_name', 'phone', 'email'] as const;

export function DriverDialog({ id, onClose }: DriverDialogProps): ReactNode {
  const { t } = useTranslation();
  if (id === undefined) return <DriverForm onClose={onClose} />;
  return (
    <RecordForm
      address={`/api/v1/drivers/${id}`}
      read={() => client.GET('/api/v1/drivers/{driver_id}', { params: { path: { driver_id: id } } })}
      title={t('people.drivers.edit')}
      onClose={onClose}
    >
      {(editable) => <DriverForm editable={editable} onClose={onClose} />}
    </RecordForm>
  );
}

interface DriverFormProps {
  readonly editable?: Editable<Driver>;
  readonly onClose: () => void;
}

function DriverForm({ editable, onClose }: DriverFormProps): ReactNode {
  const { t } = useTranslation();
  const driver = editable?.record;
  const [values, setValues] = useState(() => valuesOf(driver));
  const saving = useWrite(
    (body: typeof values, key) => {
      const fields = { ...body, phone: body.phone.trim() || null, email: body.email.trim() || null };
      return driver
        ? client.PATCH('/api/v1/drivers/{driver_id}', {
            params: { path: { driver_id: driver.id }, header: { 'If-Match': editable?.tag } },
            body: fields,
          })
        : client.POST('/api/v1/drivers', { params: { header: { 'Idempotency-Key': key } }, body: fields });
    },
    {
      done: (saved) =>
        t(driver ? 'people.drivers.saved' : 'people.drivers.added', { name: driverName(saved) }),
      onDone: onClose,
    },
  );
  const labels = {
    tlc_license_number: t('field.tlc'),
    first_name: t('people.drivers.firstName'),
    last_name: t('people.drivers.lastName'),
    phone: t('people.drivers.phone'),
    email: t('people.drivers.email'),
  };
  return (
    <FormDialog
      title={t(driver ? 'people.drivers.edit' : 'people.drivers.add')}
      onClose={onClose}
      onSubmit={() => saving.mutate(values)}
      submitLabel={t('write.save')}
      isSending={saving.isPending}
      error={saving.error}
      onReload={editable?.reload}
      shownFields={TEXTS}
    >
      {TEXTS.map((name) => (
        <TextInput
          key={name}
          data-autofocus={name === TEXTS[0] || undefined}
          label={labels[name]}
          required={name === 'tlc_license_number' || name === 'last_name'}
          description={name === 'last_name' && t('people.drivers.oneName')}
          error={saving.error && asProblem(saving.error).fieldError(name)}
          value={values[name]}
          onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
        />
      ))}
      <NativeSelect
        label={t('field.status')}
        data={STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
        value={values.status}
        onChange={(event) =>
          setValues({ ...values, status: event.currentTarget.value as (typeof values)['status'] })
        }
      />
    </FormDialog>
  );
}

/** What the form begins with. */
const valuesOf = (driver?: Driver) => ({
  tlc_license_number: driver?.tlc_license_number ?? '',
  first_name: driver?.first_name ?? '',
  last_name: driver?.last_name ?? '',
  phone: driver?.phone ?? '',
  email: driver?.email ?? '',
  status: driver?.status ?? 'ACTIVE',
});
