import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { csvOf } from '../../shared/csv';
import { formatCount } from '../../shared/format';
import { DataTable } from '../../shared/lists/data-table';
import { saveFile } from '../../shared/save-file';

type Line = Schemas['SettlementLineResponse'];

/** A table of more rows is slow, and the file has them all. */
const SHOWN = 100;

/** The lines that a run rejects. They can be saved as a file for the author of the earnings. */
export function RejectedLines({ lines }: { readonly lines: readonly Line[] }): ReactNode {
  const { t } = useTranslation();
  if (lines.length === 0) return null;
  const save = (): void => {
    const rows = lines.map(({ line_number, tlc_license_number: tlc, source_id, error }) => [
      `${line_number}`,
      tlc ?? '',
      source_id ?? '',
      error?.message ?? '',
    ]);
    saveFile(
      t('settlement.rejectedLines.file'),
      csvOf([['line', 'tlc_license_number', 'reference', 'reason'], ...rows]),
    );
  };
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={2}>{t('settlement.rejectedLines.title')}</Title>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={save}
        >
          {t('imports.errors.save')}
        </Button>
      </Group>
      {lines.length > SHOWN && (
        <Text size="sm">
          {t('settlement.rejectedLines.first', {
            shown: formatCount(SHOWN),
            total: formatCount(lines.length),
          })}
        </Text>
      )}
      <DataTable
        caption={t('settlement.rejectedLines.title')}
        rows={lines.slice(0, SHOWN)}
        rowKey={({ line_number }) => line_number}
        columns={[
          {
            key: 'line',
            title: t('settlement.line.number'),
            numeric: true,
            render: ({ line_number }) => line_number,
          },
          {
            key: 'tlc',
            title: t('field.tlc'),
            render: ({ tlc_license_number: tlc }) => <span className="figure">{tlc}</span>,
          },
          {
            key: 'reference',
            title: t('field.reference'),
            from: 'sm',
            render: ({ source_id }) => source_id,
          },
          { key: 'reason', title: t('imports.errors.reason'), render: ({ error }) => error?.message },
        ]}
      />
    </Stack>
  );
}
