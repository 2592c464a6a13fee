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
  /** Undefined or empty takes the filter away; the list begins at its first page again. */
  readonly setFilters: (changes: Readonly<Partial<Record<Filter, string | undefined>>>) => void;
  readonly clear: () => void;
  /** Forgets page, sort and filters. */
  readonly reset: () => void;
  /** What the address says under a name */
  readonly asked: (name: string) => string | null;
}

interface ListOptions<Filter extends string> {
  /** The filters by the names that the API gives them */
  readonly filters: readonly Filter[];
  /** The order to begin with; '' where the list has but one */
  readonly sort: readonly [by: string, order: 'asc' | 'desc'];
}

/** Page, sort and filters of a list, kept in the address: it can be reloaded, bookmarked and sent to a colleague. */
export function useListState<Filter extends string>({
  filters,
  sort,
}: ListOptions<Filter>): ListState<Filter> {
  const [parameters, setParameters] = useSearchParams();
  const update = useCallback(
    (changes: Readonly<Record<string, string | undefined>>) => {
      setParameters(
        () => {
          // from the address itself: what the page was last drawn with may be one filter behind
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
      asked: (name) => parameters.get(name),
    };
  }, [parameters, setParameters, update, filters, sort]);
}

function positive(text: string | null, otherwise: number): number {
  const number = parseInt(text ?? '', 10);
  return number > 0 ? number : otherwise;
}

/** What the API's list takes: all of it strings, as the address holds them. */
export function listQuery<Filter extends string>(state: ListState<Filter>): Record<string, string | number> {
  return {
    page: state.page,
    page_size: state.pageSize,
    // some lists have one order only
    ...(state.sortBy === '' ? {} : { sort_by: state.sortBy, sort_order: state.sortOrder }),
    ...state.filters,
  };
}

type Asked = Readonly<Record<string, unknown>>;

/**
 * `placeholderData` of a list: while another page or another order of it is on the way, the rows before stay on the screen;
 * under other filters they do not, because they would be read as the answer.
 */
export function keepRows(
  asked: Asked,
): <Rows>(rows: Rows | undefined, before?: { readonly queryKey: readonly unknown[] }) => Rows | undefined {
  return (rows, before) => {
    const [, , options] = (before?.queryKey ?? []) as [string?, string?, { params: { query: Asked } }?];
    return options && filtersOf(options.params.query) === filtersOf(asked) ? rows : undefined;
  };
}

const PLACE_AND_ORDER = ['page', 'page_size', 'sort_by', 'sort_order'];

/** What of the query decides which rows the list has. */
const filtersOf = (asked: Asked): string =>
  JSON.stringify(
    Object.entries(asked)
      .filter(([name, value]) => value !== undefined && !PLACE_AND_ORDER.includes(name))
      .sort(),
  );
