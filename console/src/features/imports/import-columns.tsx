import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { csvOf } from '../../shared/csv';
import { DataTable } from '../../shared/lists/data-table';
import { saveFile } from '../../shared/save-file';
import type { ImportKind } from './import-kinds';
import { IMPORTS } from './import-kinds';

/** The columns of the file, with an example file. */
export function ImportColumns({ kind }: { readonly kind: ImportKind }): ReactNode {
  const { t } = useTranslation();
  const { columns } = IMPORTS[kind];
  const saveExample = (): void => {
    const rows = [columns.map(({ name }) => name), columns.map(({ example }) => example)];
    saveFile(`${kind}.csv`, csvOf(rows));
  };
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={2}>{t('imports.columns.title')}</Title>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={saveExample}
        >
          {t('imports.columns.save')}
        </Button>
      </Group>
      <DataTable
        caption={t('imports.columns.title')}
        rows={columns}
        rowKey={({ name }) => name}
        columns={[
          {
            key: 'name',
            title: t('imports.columns.name'),
            render: ({ name, optional }) => (
              <>
                <code>{name}</code>{' '}
                {optional && <span className="quiet">{t('imports.columns.optional')}</span>}
              </>
            ),
          },
          { key: 'example', title: t('imports.columns.example'), render: ({ example }) => example },
        ]}
      />
      <Text size="sm" c="dimmed">
        {t('imports.columns.rules')} {t(`imports.${kind}.rules`)}
      </Text>
    </Stack>
  );
}
