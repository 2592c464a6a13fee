import { Alert, Button, Checkbox, Group, Menu, NativeSelect, Stack, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconColumns3 } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/problem';
import type { Column } from './data-table';
import { DataTable } from './data-table';
import classes from './data-list.module.css';
import type { ExportTarget } from './export-button';
import { ExportButton } from './export-button';
import { formatCount } from './format';
import type { ListState } from './list-state';
import { QueryState } from './query-state';
import { useChosenColumns } from './chosen-columns';

interface Page<Row> {
  readonly items: readonly Row[];
  readonly total: number;
  readonly page: number;
  readonly page_size: number;
  readonly total_pages: number;
}

interface DataListProps<Row, Filter extends string> {
  /** Names the list for the choice of columns that this browser keeps, and nothing else */
  readonly name: string;
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly state: ListState<Filter>;
  readonly query: UseQueryResult<Page<Row>, unknown>;
  readonly rowKey: (row: Row) => string | number;
  readonly rowHref?: (row: Row) => string | undefined;
  readonly rowTone?: (row: Row) => 'quiet' | 'warn' | 'bad' | undefined;
  /** Inputs that set the state's filters */
  readonly filters?: ReactNode;
  /** What exports exactly what is filtered */
  readonly exports?: ExportTarget;
  /** Instead of the plain sentence, where nothing has ever been here */
  readonly empty?: ReactNode;
}

const PAGE_SIZES = ['25', '50', '100', '250'];

/** A list of the API: its page, sort and filters live in the address, and the service does all three. */
export function DataList<Row, Filter extends string>(props: DataListProps<Row, Filter>): ReactNode {
  const { caption, columns, state, query, filters, exports } = props;
  const { t } = useTranslation();
  const chosen = useChosenColumns(props.name, columns);
  usePageThatExists(state, query);
  const refused = refusedParts(state, query.error);
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-end" gap="sm" className={`${classes.tools} no-print`}>
        <Group align="flex-end" gap="sm" className={classes.filters} role="search" aria-label={caption}>
          {filters}
          {state.isFiltered && (
            <Button variant="subtle" px="xs" onClick={state.clear}>
              {t('list.clear')}
            </Button>
          )}
        </Group>
        <Group gap="xs" wrap="nowrap">
          <ColumnChooser columns={columns} chosen={chosen} />
          {exports && <ExportButton target={exports} />}
        </Group>
      </Group>
      {refused.length > 0 ? (
        <BadAddress refused={refused} onReset={state.reset} />
      ) : (
        <QueryState query={query} lines={10}>
          {(page) =>
            page.total === 0 ? (
              <EmptyList>
                {(!state.isFiltered && props.empty) ||
                  t(state.isFiltered ? 'list.emptyFiltered' : 'list.empty')}
              </EmptyList>
            ) : isPastTheEnd(page) ? null : (
              <>
                <DataTable
                  caption={caption}
                  columns={columns.filter(({ key }) => chosen.isShown(key))}
                  rows={page.items}
                  rowKey={props.rowKey}
                  rowHref={props.rowHref}
                  rowTone={props.rowTone}
                  sort={{ by: state.sortBy, order: state.sortOrder }}
                  onSort={({ by, order }) => state.setSort(by, order)}
                  isStale={query.isFetching && query.isPlaceholderData}
                />
                <Pager page={page} state={state} />
              </>
            )
          }
        </QueryState>
      )}
    </Stack>
  );
}

/** What of the address the service refuses, such as a status that there is not. */
function refusedParts<Filter extends string>({ asked }: ListState<Filter>, error: unknown): string[] {
  if (error === null || asProblem(error).status !== 400) return [];
  return asProblem(error).errors.flatMap(({ field }) => {
    const value = asked(field);
    return value === null ? [] : [`${field}=${value}`];
  });
}

interface BadAddressProps {
  readonly refused: readonly string[];
  readonly onReset: () => void;
}

function BadAddress({ refused, onReset }: BadAddressProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Alert role="alert" variant="outline" color="gray" c="var(--console-text)" title={t('list.badAddress')}>
      <Text size="sm">{t('list.badAddressText', { asked: refused.join(', ') })}</Text>
      <Button size="xs" variant="default" mt="xs" onClick={onReset}>
        {t('list.wholeList')}
      </Button>
    </Alert>
  );
}

const isPastTheEnd = ({ page, total_pages }: Page<unknown>): boolean => page > Math.max(1, total_pages);

/** An address may name a page that the list no longer has: its last page is shown instead. */
function usePageThatExists<Filter extends string>(
  { setPage }: ListState<Filter>,
  { data, isPlaceholderData }: UseQueryResult<Page<unknown>, unknown>,
): void {
  const last = data && !isPlaceholderData && isPastTheEnd(data) ? Math.max(1, data.total_pages) : undefined;
  useEffect(() => {
    if (last !== undefined) setPage(last);
  }, [last, setPage]);
}

export function EmptyList({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <Text component="div" c="dimmed" ta="center" py={48} role="status">
      {children}
    </Text>
  );
}

interface ColumnChooserProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly chosen: ReturnType<typeof useChosenColumns<Row>>;
}

function ColumnChooser<Row>({ columns, chosen }: ColumnChooserProps<Row>): ReactNode {
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
            aria-checked={chosen.isShown(key)}
            leftSection={<Checkbox.Indicator size="xs" checked={chosen.isShown(key)} aria-hidden />}
            onClick={() => chosen.toggle(key)}
          >
            {title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface PagerProps<Filter extends string> {
  readonly page: Page<unknown>;
  readonly state: ListState<Filter>;
}

function Pager<Filter extends string>({ page, state }: PagerProps<Filter>): ReactNode {
  const { t } = useTranslation();
  const from = (page.page - 1) * page.page_size + 1;
  const to = from + page.items.length - 1;
  return (
    <Group justify="space-between" gap="sm" component="nav" aria-label={t('list.pagination')}>
      <Text size="sm" c="dimmed" className="figure" aria-live="polite">
        {t('list.range', { from: formatCount(from), to: formatCount(to), total: formatCount(page.total) })}
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
          {t('list.page', { page: formatCount(page.page), pages: formatCount(page.total_pages) })}
        </Text>
        <Button
          size="xs"
          variant="default"
          px={8}
          aria-label={t('list.next')}
          disabled={page.page >= page.total_pages}
          onClick={() => state.setPage(page.page + 1)}
        >
          <IconChevronRight size={16} />
        </Button>
      </Group>
    </Group>
  );
}
