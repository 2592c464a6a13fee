import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Permission } from '../../api/session';
import { usePermission } from '../../api/session';
import { useDownload } from '../use-download';

const FORMATS = ['excel', 'csv', 'pdf', 'json'] as const;

export interface ExportTarget {
  /** The address without the format, for example /api/v1/loans/export */
  readonly address: string;
  /** The filters and the sort order of the list */
  readonly query: Readonly<Record<string, string | number | undefined>>;
  readonly permission: Permission;
}

/** Downloads all records that match the filters, not only the current page. */
export function ExportButton({ target }: { readonly target: ExportTarget }): ReactNode {
  const { t } = useTranslation();
  const isAllowed = usePermission(target.permission);
  const saving = useDownload();
  if (!isAllowed) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} />} loading={saving.isPending}>
          {t('list.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map((format) => (
          <Menu.Item
            key={format}
            onClick={() => saving.mutate({ address: `${target.address}/${format}`, query: target.query })}
          >
            {t(`list.exportAs.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
