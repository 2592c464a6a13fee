import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StatusName } from '../values/status';
import { Field } from './form-errors';
import type { EditedField } from './record-form';

interface StatusFieldProps<Status extends StatusName> {
  readonly options: readonly Status[];
  readonly field: EditedField<Status>;
}

export function StatusField<Status extends StatusName>({
  options,
  field,
}: StatusFieldProps<Status>): ReactNode {
  const { t } = useTranslation();
  return (
    <Field of="status">
      <NativeSelect
        label={t('field.status')}
        data={options.map((value) => ({ value, label: t(`status.${value}`) }))}
        description={field.savedMeanwhile}
        value={field.value}
        onChange={(event) => field.set(event.currentTarget.value as Status)}
      />
    </Field>
  );
}
