import { Button, Checkbox, Menu } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ColumnVisibility } from './column-visibility';
import type { Column } from './data-table';

interface ColumnMenuProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly visibility: ColumnVisibility;
}

/** Shows and hides columns. The first column has the link of the row, so it cannot be hidden. */
export function ColumnMenu<Row>({ columns, visibility }: ColumnMenuProps<Row>): ReactNode {
  const { t } = useTranslation();
  return (
    <Menu closeOnItemClick={false} position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" leftSection={<IconColumns3 size={16} />} visibleFrom="sm">
          {t('list.columns')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {columns.slice(1).map(({ key, title }) => (
          <Menu.Item
            key={key}
            role="menuitemcheckbox"
            aria-checked={visibility.isVisible(key)}
            leftSection={<Checkbox.Indicator size="xs" checked={visibility.isVisible(key)} aria-hidden />}
            onClick={() => visibility.toggle(key)}
          >
            {title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
