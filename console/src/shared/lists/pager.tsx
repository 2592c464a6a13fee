import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../format';
import type { ListState } from './list-state';

export interface Page<Row> {
  readonly items: readonly Row[];
  readonly total: number;
  readonly total_is_lower_bound: boolean;
  readonly page: number;
  readonly page_size: number;
  readonly total_pages: number;
}

const PAGE_SIZES = ['25', '50', '100', '250'];

interface PagerProps<Filter extends string> {
  readonly page: Page<unknown>;
  readonly state: ListState<Filter>;
}

export function Pager<Filter extends string>({ page, state }: PagerProps<Filter>): ReactNode {
  const { t } = useTranslation();
  const from = (page.page - 1) * page.page_size + 1;
  const to = from + page.items.length - 1;
  // a long list is not counted to its end: 50,000+
  const atLeast = (count: number): string => formatCount(count) + (page.total_is_lower_bound ? '+' : '');
  return (
    <Group justify="space-between" gap="sm" component="nav" aria-label={t('list.pagination')}>
      <Text size="sm" c="dimmed" className="figure" aria-live="polite">
        {t('list.range', { from: formatCount(from), to: formatCount(to), total: atLeast(page.total) })}
      </Text>
      <Group gap="xs" className="no-print">
        <NativeSelect
          aria-label={t('list.pageSize')}
          size="xs"
          data={PAGE_SIZES}
          value={`${state.pageSize}`}
          onChange={(event) => state.setPageSize(parseInt(event.currentTarget.value, 10))}
        />
        <Button
          size="xs"
          variant="default"
          px={8}
          aria-label={t('list.previous')}
          disabled={page.page <= 1}
          onClick={() => state.setPage(page.page - 1)}
        >
          <IconChevronLeft size={16} />
        </Button>
        <Text size="sm" className="figure">
          {t('list.page', { page: formatCount(page.page), pages: atLeast(page.total_pages) })}
        </Text>
        <Button
          size="xs"
          variant="default"
          px={8}
          aria-label={t('list.next')}
          disabled={page.page >= page.total_pages && !page.total_is_lower_bound}
          onClick={() => state.setPage(page.page + 1)}
        >
          <IconChevronRight size={16} />
        </Button>
      </Group>
    </Group>
  );
}
