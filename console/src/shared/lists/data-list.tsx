import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem';
import { QueryState } from '../page/query-state';
import { ColumnMenu } from './column-menu';
import { useColumnVisibility } from './column-visibility';
import type { Column } from './data-table';
import { DataTable } from './data-table';
import classes from './data-list.module.css';
import { EmptyList } from './empty-list';
import type { ExportTarget } from './export-button';
import { ExportButton } from './export-button';
import type { ListState } from './list-state';
import type { Page } from './pager';
import { Pager } from './pager';

export interface DataListProps<Row, Filter extends string> {
  /** The key under which the browser stores the visible columns */
  readonly name: string;
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly state: ListState<Filter>;
  readonly query: UseQueryResult<Page<Row>, unknown>;
  readonly rowKey: (row: Row) => string | number;
  readonly rowHref?: (row: Row) => string | undefined;
  readonly rowTone?: (row: Row) => 'quiet' | 'warn' | 'bad' | undefined;
  /** Inputs that set the filters of the state */
  readonly filters?: ReactNode;
  /** Exports all records that match the filters */
  readonly exports?: ExportTarget;
  /** Shown if there are no records and no filters */
  readonly empty?: ReactNode;
}

/** A list of the API. The address contains page, sort order and filters, and the service applies them. */
export function DataList<Row, Filter extends string>(props: DataListProps<Row, Filter>): ReactNode {
  const { caption, columns, state, query, filters, exports } = props;
  const { t } = useTranslation();
  const visibility = useColumnVisibility(props.name, columns);
  useLastPageIfPastEnd(state, query);
  const rejected = rejectedParameters(state, query.error);
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
          <ColumnMenu columns={columns} visibility={visibility} />
          {exports && <ExportButton target={exports} />}
        </Group>
      </Group>
      {rejected.length > 0 ? (
        <InvalidAddress rejected={rejected} onReset={state.reset} />
      ) : (
        <QueryState query={query} lines={10}>
          {(page) => (
            <Rows {...props} columns={columns.filter(({ key }) => visibility.isVisible(key))} page={page} />
          )}
        </QueryState>
      )}
    </Stack>
  );
}

interface RowsProps<Row, Filter extends string> extends DataListProps<Row, Filter> {
  readonly page: Page<Row>;
}

function Rows<Row, Filter extends string>(props: RowsProps<Row, Filter>): ReactNode {
  const { page, state, query } = props;
  const { t } = useTranslation();
  if (page.total === 0) {
    const text = t(state.isFiltered ? 'list.emptyFiltered' : 'list.empty');
    return <EmptyList>{(!state.isFiltered && props.empty) || text}</EmptyList>;
  }
  if (isPastEnd(page)) return null;
  return (
    <>
      <DataTable
        caption={props.caption}
        columns={props.columns}
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
  );
}

/** The parameters of the address that the service rejects, for example an unknown status. */
function rejectedParameters<Filter extends string>(
  { getParameter }: ListState<Filter>,
  error: unknown,
): string[] {
  if (error === null || asProblem(error).status !== 400) return [];
  return asProblem(error).errors.flatMap(({ field }) => {
    const value = getParameter(field);
    return value === null ? [] : [`${field}=${value}`];
  });
}

interface InvalidAddressProps {
  readonly rejected: readonly string[];
  readonly onReset: () => void;
}

function InvalidAddress({ rejected, onReset }: InvalidAddressProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Alert role="alert" variant="outline" color="gray" c="var(--console-text)" title={t('list.badAddress')}>
      <Text size="sm">{t('list.badAddressText', { requested: rejected.join(', ') })}</Text>
      <Button size="xs" variant="default" mt="xs" onClick={onReset}>
        {t('list.wholeList')}
      </Button>
    </Alert>
  );
}

const isPastEnd = ({ page, total_pages }: Page<unknown>): boolean => page > Math.max(1, total_pages);

/** Shows the last page if the address has a page number beyond it. */
function useLastPageIfPastEnd<Filter extends string>(
  { setPage }: ListState<Filter>,
  { data, isPlaceholderData }: UseQueryResult<Page<unknown>, unknown>,
): void {
  const last = data && !isPlaceholderData && isPastEnd(data) ? Math.max(1, data.total_pages) : undefined;
  useEffect(() => {
    if (last !== undefined) setPage(last);
  }, [last, setPage]);
}
