import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { csvOf } from '../../shared/csv';
import { DataTable } from '../../shared/lists/data-table';
import { formatCount } from '../../shared/format';
import { saveFile } from '../../shared/save-file';
import classes from './import-errors.module.css';

/** The errors of the file by line. They can be saved as a file for the author of the imported file. */
export function ImportErrors({ report }: { readonly report: Schemas['ImportReportResponse'] }): ReactNode {
  const { t } = useTranslation();
  const { errors, errors_total: total } = report;
  if (errors.length === 0) return null;
  const save = (): void => {
    const rows = errors.map(({ line, field, value, reason }) => [
      `${line}`,
      field ?? '',
      value ?? '',
      reason,
    ]);
    saveFile(t('imports.errors.file'), csvOf([['line', 'column', 'value', 'reason'], ...rows]));
  };
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={2}>{t('imports.errors.title')}</Title>
        <Button
          variant="default"
          size="xs"
          className="no-print"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={save}
        >
          {t('imports.errors.save')}
        </Button>
      </Group>
      {total > errors.length && (
        <Text size="sm">
          {t('imports.errors.first', { shown: formatCount(errors.length), total: formatCount(total) })}
        </Text>
      )}
      <DataTable
        caption={t('imports.errors.title')}
        rows={errors}
        rowKey={({ line, field, reason }) => `${line} ${field} ${reason}`}
        columns={[
          { key: 'line', title: t('imports.errors.line'), numeric: true, render: ({ line }) => line },
          {
            key: 'column',
            title: t('imports.errors.column'),
            render: ({ field }) =>
              field === null ? (
                <span className="quiet figure">{t('imports.errors.row')}</span>
              ) : (
                <code>{field}</code>
              ),
          },
          {
            key: 'value',
            title: t('imports.errors.value'),
            from: 'sm',
            render: ({ value }) => <span className={classes.value}>{value}</span>,
          },
          { key: 'reason', title: t('imports.errors.reason'), render: ({ reason }) => reason },
        ]}
      />
    </Stack>
  );
}
