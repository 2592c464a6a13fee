import { Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../format';
import { fileErrorOf } from './csv-file';
import classes from './csv-file-field.module.css';

interface CsvFileFieldProps {
  readonly file: File | null;
  readonly onFile: (file: File | null) => void;
  readonly isDisabled: boolean;
}

/** Chooses a CSV file, also by dropping it. Shows its size, and why it cannot be sent. */
export function CsvFileField({ file, onFile, isDisabled }: CsvFileFieldProps): ReactNode {
  const { t } = useTranslation();
  const fileError = file && fileErrorOf(file);
  return (
    <div>
      <TextInput
        type="file"
        accept=".csv,text/csv"
        label={t('imports.file.label')}
        description={t('imports.file.hint')}
        error={fileError && t(`imports.file.${fileError}`)}
        classNames={{ input: classes.file }}
        disabled={isDisabled}
        onClick={(event) => {
          // otherwise choosing the same file again, now corrected, would not trigger a change event
          event.currentTarget.value = '';
          onFile(null);
        }}
        onChange={(event) => onFile(event.currentTarget.files?.[0] ?? null)}
      />
      {file && (
        <Text size="sm" mt={6}>
          {formatBytes(file.size)}
        </Text>
      )}
    </div>
  );
}
