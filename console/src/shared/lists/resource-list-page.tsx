import type { UseQueryResult } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { paths } from '../../api/schema';
import type { Permission } from '../../api/session';
import { DataList } from './data-list';
import type { Column } from './data-table';
import type { ListOptions, ListState } from './list-state';
import { keepPreviousRows, listQuery, useListState } from './list-state';
import type { Page } from './pager';

/** The GET routes that answer a page of records. */
type ListPath = {
  [Path in keyof paths]: paths[Path] extends {
    get: { responses: { 200: { content: { 'application/json': Page<unknown> } } } };
  }
    ? Path
    : never;
}[keyof paths];

type Answer<Path extends ListPath> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
  ? Body
  : never;

type RowOf<Path extends ListPath> = Answer<Path> extends Page<infer Row> ? Row : never;

type Query = Readonly<Record<string, string | number | undefined>>;

interface ResourceListPageProps<Path extends ListPath, Filter extends string> {
  /** The route of the API */
  readonly path: Path;
  /** The filters and the default order; a constant outside the component */
  readonly options: ListOptions<Filter>;
  /** The key under which the browser stores the visible columns */
  readonly name: string;
  readonly caption: string;
  readonly empty?: ReactNode;
  readonly columns: (t: TFunction, answer: Answer<Path> | undefined) => readonly Column<RowOf<Path>>[];
  readonly rowKey: (row: RowOf<Path>) => string | number;
  readonly rowHref?: (row: RowOf<Path>) => string | undefined;
  readonly rowTone?: (row: RowOf<Path>) => 'quiet' | 'warn' | 'bad' | undefined;
  readonly filters?: (state: ListState<Filter>) => ReactNode;
  /** Changes the query of the address before it is sent, for example for a list of one account */
  readonly toQuery?: (query: Query) => Query;
  /** Undefined if the list has no export */
  readonly exports?: { readonly address: string; readonly permission: Permission; readonly query?: Query };
  /** Milliseconds until the list is loaded again; false for a list that is complete */
  readonly refetchInterval?: (answer: Answer<Path> | undefined) => number | false;
  /** Page header and tabs */
  readonly header: ReactNode;
  /** Between header and list */
  readonly summary?: (answer: Answer<Path> | undefined, state: ListState<Filter>) => ReactNode;
  /** After the list, usually open dialogs */
  readonly children?: (state: ListState<Filter>) => ReactNode;
}

/** The page of a list of the API: header, summary, filters, table, pager and export. */
export function ResourceListPage<Path extends ListPath, Filter extends string>(
  props: ResourceListPageProps<Path, Filter>,
): ReactNode {
  const { t } = useTranslation();
  const state = useListState(props.options);
  const addressQuery = listQuery(state);
  const query = props.toQuery?.(addressQuery) ?? addressQuery;
  const list = useList(props.path, query, props.refetchInterval);
  const { exports } = props;
  return (
    <div>
      {props.header}
      {props.summary?.(list.data, state)}
      <DataList
        name={props.name}
        caption={props.caption}
        columns={props.columns(t, list.data)}
        state={state}
        query={list as UseQueryResult<Page<RowOf<Path>>, unknown>}
        rowKey={props.rowKey}
        rowHref={props.rowHref}
        rowTone={props.rowTone}
        empty={props.empty}
        exports={exports && { ...exports, query: { ...query, ...exports.query } }}
        filters={props.filters?.(state)}
      />
      {props.children?.(state)}
    </div>
  );
}

/** The types of the API client need one known path, here it is a parameter: the casts say what ListPath guarantees. */
function useList<Path extends ListPath>(
  path: Path,
  query: Query,
  refetchInterval: ResourceListPageProps<Path, never>['refetchInterval'],
): UseQueryResult<Answer<Path>, unknown> {
  const list = api.useQuery(
    'get',
    path as '/api/v1/loans',
    { params: { query } },
    {
      placeholderData: keepPreviousRows(query),
      refetchInterval: ({ state: { data } }) => refetchInterval?.(data as Answer<Path> | undefined) ?? false,
    },
  );
  return list as unknown as UseQueryResult<Answer<Path>, unknown>;
}
