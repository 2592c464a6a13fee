import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

const PAGE_SIZE = 25;

export interface ListState<Filter extends string> {
  readonly page: number;
  readonly pageSize: number;
  readonly sortBy: string;
  readonly sortOrder: 'asc' | 'desc';
  readonly filters: Readonly<Partial<Record<Filter, string>>>;
  readonly isFiltered: boolean;
  readonly setPage: (page: number) => void;
  readonly setPageSize: (size: number) => void;
  readonly setSort: (by: string, order: 'asc' | 'desc') => void;
  /** Undefined or '' removes a filter. The list returns to its first page. */
  readonly setFilters: (changes: Readonly<Partial<Record<Filter, string | undefined>>>) => void;
  readonly clear: () => void;
  /** Removes page, sort order and filters. */
  readonly reset: () => void;
  /** The value of a parameter of the address */
  readonly getParameter: (name: string) => string | null;
}

export interface ListOptions<Filter extends string> {
  /** The filters by the names that the API gives them */
  readonly filters: readonly Filter[];
  /** The default order; '' if the list has only one order */
  readonly sort: readonly [by: string, order: 'asc' | 'desc'];
}

/** Page, sort order and filters of a list are in the address, so it can be reloaded, bookmarked and shared. */
export function useListState<Filter extends string>({
  filters,
  sort,
}: ListOptions<Filter>): ListState<Filter> {
  const [parameters, setParameters] = useSearchParams();
  const update = useCallback(
    (changes: Readonly<Record<string, string | undefined>>) => {
      setParameters(
        () => {
          // the parameters of the last render may be one change behind the address
          const next = new URLSearchParams(window.location.search);
          for (const [name, value] of Object.entries({ page: undefined, ...changes })) {
            if (value === undefined || value === '') next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace: true },
      );
    },
    [setParameters],
  );
  return useMemo(() => {
    const chosen = filters.flatMap((name) => {
      const value = parameters.get(name);
      return value === null ? [] : [[name, value] as const];
    });
    return {
      page: positive(parameters.get('page'), 1),
      pageSize: positive(parameters.get('page_size'), PAGE_SIZE),
      sortBy: parameters.get('sort_by') ?? sort[0],
      sortOrder: (parameters.get('sort_order') ?? sort[1]) === 'asc' ? 'asc' : 'desc',
      filters: Object.fromEntries(chosen) as Partial<Record<Filter, string>>,
      isFiltered: chosen.length > 0,
      setPage: (page) => update({ page: page > 1 ? `${page}` : undefined }),
      setPageSize: (size) => update({ page_size: `${size}` }),
      setSort: (by, order) => update({ sort_by: by, sort_order: order }),
      setFilters: (changes) => update(changes),
      clear: () => update(Object.fromEntries(filters.map((name) => [name, undefined]))),
      reset: () => setParameters({}, { replace: true }),
      getParameter: (name) => parameters.get(name),
    };
  }, [parameters, setParameters, update, filters, sort]);
}

function positive(text: string | null, fallback: number): number {
  const number = parseInt(text ?? '', 10);
  return number > 0 ? number : fallback;
}

/** The query parameters for the API, with the values of the address. */
export function listQuery<Filter extends string>(state: ListState<Filter>): Record<string, string | number> {
  return {
    page: state.page,
    page_size: state.pageSize,
    // some lists have only one order
    ...(state.sortBy === '' ? {} : { sort_by: state.sortBy, sort_order: state.sortOrder }),
    ...state.filters,
  };
}

type Query = Readonly<Record<string, unknown>>;

/**
 * `placeholderData` of a list: the rows remain on the screen while another page or order loads. After a change of filters they
 * do not, because the user would take them for the result.
 */
export function keepPreviousRows(
  query: Query,
): <Rows>(rows: Rows | undefined, previous?: { readonly queryKey: readonly unknown[] }) => Rows | undefined {
  return (rows, previous) => {
    const [, , options] = (previous?.queryKey ?? []) as [string?, string?, { params: { query: Query } }?];
    return options && filtersOf(options.params.query) === filtersOf(query) ? rows : undefined;
  };
}

const PAGING_AND_ORDER = ['page', 'page_size', 'sort_by', 'sort_order'];

/** The parameters that decide which rows the list has. */
const filtersOf = (query: Query): string =>
  JSON.stringify(
    Object.entries(query)
      .filter(([name, value]) => value !== undefined && !PAGING_AND_ORDER.includes(name))
      .sort(),
  );
