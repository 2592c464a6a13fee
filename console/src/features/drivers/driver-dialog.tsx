import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { codesOf, labels } from '../../i18n/code-lists';
import { client } from '../../api/client';
import type { Schemas } from '../../api/client';
import { StatusField } from '../../shared/forms/status-field';
import { useWrite } from '../../shared/forms/use-write';
import type { Driver } from '../../shared/values/driver';
import { driverName } from '../../shared/values/driver';
import { FormDialog } from '../../shared/forms/form-dialog';
import type { Editable } from '../../shared/forms/record-form';
import { RecordForm, useEditedField } from '../../shared/forms/record-form';
import { Field } from '../../shared/forms/form-errors';

const NEW_DRIVER = {
  tlc_license_number: '',
  first_name: '',
  last_name: '',
  phone: null,
  email: null,
  status: 'ACTIVE',
} as const;

interface DriverDialogProps {
  /** The driver to edit; undefined for a new driver */
  readonly id?: number;
  readonly onClose: () => void;
}

const STATUSES = codesOf(labels.driver_status);
const LABELS = {
  tlc_license_number: 'field.tlc',
  first_name: 'drivers.firstName',
  last_name: 'drivers.lastName',
  phone: 'drivers.phone',
  email: 'drivers.email',
} as const;
const TEXTS = ['tlc_license_number', 'first_name', 'last_name', 'phone', 'email'] as const;

export function DriverDialog({ id, onClose }: DriverDialogProps): ReactNode {
  const { t } = useTranslation();
  if (id === undefined) return <DriverForm onClose={onClose} />;
  return (
    <RecordForm
      address={`/api/v1/drivers/${id}`}
      read={() => client.GET('/api/v1/drivers/{driver_id}', { params: { path: { driver_id: id } } })}
      title={t('drivers.edit')}
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
  const saved = driver ?? NEW_DRIVER;
  const fields = {
    tlc_license_number: useEditedField(editable, 'tlc_license_number', saved.tlc_license_number),
    first_name: useEditedField(editable, 'first_name', saved.first_name),
    last_name: useEditedField(editable, 'last_name', saved.last_name),
    phone: useEditedField(editable, 'phone', saved.phone ?? ''),
    email: useEditedField(editable, 'email', saved.email ?? ''),
  };
  const status = useEditedField<Driver['status']>(
    editable,
    'status',
    saved.status,
    t(`status.${saved.status}`),
  );
  const saving = useWrite(
    (body: Schemas['CreateDriverDto'], key) =>
      driver
        ? client.PATCH('/api/v1/drivers/{driver_id}', {
            params: { path: { driver_id: driver.id }, header: { 'If-Match': editable?.tag } },
            body,
          })
        : client.POST('/api/v1/drivers', { params: { header: { 'Idempotency-Key': key } }, body }),
    {
      successMessage: (answer) => t(driver ? 'drivers.saved' : 'drivers.added', { name: driverName(answer) }),
      onSuccess: onClose,
    },
  );
  return (
    <FormDialog
      title={t(driver ? 'drivers.edit' : 'drivers.add')}
      onClose={onClose}
      onSubmit={() =>
        saving.mutate({
          tlc_license_number: fields.tlc_license_number.value,
          first_name: fields.first_name.value,
          last_name: fields.last_name.value,
          phone: fields.phone.value.trim() || null,
          email: fields.email.value.trim() || null,
          status: status.value,
        })
      }
      submitLabel={t('write.save')}
      isSending={saving.isPending}
      error={saving.error}
      onReload={editable?.reload}
    >
      {TEXTS.map((name) => (
        <Field key={name} of={name}>
          <TextInput
            data-autofocus={name === TEXTS[0] || undefined}
            label={t(LABELS[name])}
            required={name === 'tlc_license_number' || name === 'last_name'}
            description={fields[name].savedMeanwhile ?? (name === 'last_name' && t('drivers.oneName'))}
            value={fields[name].value}
            onChange={(event) => fields[name].set(event.currentTarget.value)}
          />
        </Field>
      ))}
      <StatusField options={STATUSES} field={status} />
    </FormDialog>
  );
}
