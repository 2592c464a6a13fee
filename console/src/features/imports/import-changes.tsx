import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { DataTable } from '../../shared/lists/data-table';
import { formatCount } from '../../shared/format';

/** The changed fields of existing records by line, with their old and new values. */
export function ImportChanges({ report }: { readonly report: Schemas['ImportReportResponse'] }): ReactNode {
  const { t } = useTranslation();
  const { changes, changes_total: total } = report;
  if (changes.length === 0) return null;
  const empty = <span className="quiet">{t('imports.changes.empty')}</span>;
  return (
    <Stack gap="sm">
      <Title order={2}>{t('imports.changes.title')}</Title>
      {total > changes.length && (
        <Text size="sm">
          {t('imports.changes.first', { shown: formatCount(changes.length), total: formatCount(total) })}
        </Text>
      )}
      <DataTable
        caption={t('imports.changes.title')}
        rows={changes}
        rowKey={({ line, field }) => `${line} ${field}`}
        columns={[
          { key: 'line', title: t('imports.errors.line'), numeric: true, render: ({ line }) => line },
          { key: 'record', title: t('imports.changes.record'), render: ({ record }) => record },
          { key: 'field', title: t('imports.changes.field'), render: ({ field }) => <code>{field}</code> },
          { key: 'before', title: t('imports.changes.before'), render: ({ before }) => before ?? empty },
          { key: 'after', title: t('imports.changes.after'), render: ({ after }) => after ?? empty },
        ]}
      />
    </Stack>
  );
}
