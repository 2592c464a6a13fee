import { clsx } from 'clsx';
import type { MouseEvent, ReactNode } from 'react';
import { useHref, useNavigate } from 'react-router';
import classes from './data-table.module.css';

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly render: (row: Row) => ReactNode;
  /** Amounts and counts: right-aligned tabular figures */
  readonly numeric?: boolean;
  /** Dates, ids and action labels: never broken into two lines */
  readonly unbroken?: boolean;
  /** The `sort_by` of the API. Without it the column is not sortable */
  readonly sort?: string;
  /** Hidden until the user chooses it */
  readonly optional?: boolean;
  /** Hidden on narrow screens: `sm` below 768 px, `md` below 992 px */
  readonly from?: 'sm' | 'md';
  /** Below the column, usually a total */
  readonly footer?: ReactNode;
}

interface Sort {
  readonly by: string;
  readonly order: 'asc' | 'desc';
}

interface DataTableProps<Row> {
  /** For screen readers */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string | number;
  /** Opened by a click on the row. The first column needs the same link for the keyboard */
  readonly rowHref?: (row: Row) => string | undefined;
  readonly rowTone?: (row: Row) => 'quiet' | 'warn' | 'bad' | undefined;
  readonly sort?: Sort;
  readonly onSort?: (sort: Sort) => void;
  readonly isStale?: boolean;
}

/** The table of all pages: dense, with lines between the rows and aligned figures. */
export function DataTable<Row>(props: DataTableProps<Row>): ReactNode {
  const { caption, columns, rows, rowKey, isStale } = props;
  const hasFooter = columns.some(({ footer }) => footer !== undefined);
  return (
    <div className={classes.frame} role="region" aria-label={caption} tabIndex={0} data-stale={isStale}>
      <table className={classes.table}>
        <caption className={classes.caption}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeaderCell key={column.key} column={column} sort={props.sort} onSort={props.onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <BodyRow key={rowKey(row)} row={row} {...props} />
          ))}
        </tbody>
        {hasFooter && (
          <tfoot>
            <tr>
              {columns.map((column) => (
                <td key={column.key} className={cellClass(column)}>
                  {column.footer}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

function BodyRow<Row>({
  row,
  columns,
  rowHref,
  rowTone,
}: DataTableProps<Row> & { readonly row: Row }): ReactNode {
  const href = rowHref?.(row);
  const openRow = useRowNavigation(href);
  return (
    <tr
      data-tone={rowTone?.(row)}
      data-has-link={href !== undefined}
      onClick={openRow}
      onAuxClick={openRow}
      // otherwise the middle button starts scrolling
      onMouseDown={(event) => event.button === MIDDLE_BUTTON && href !== undefined && event.preventDefault()}
    >
      {columns.map((column) => (
        <td key={column.key} className={cellClass(column)}>
          {column.render(row)}
        </td>
      ))}
    </tr>
  );
}

const MIDDLE_BUTTON = 1;

/** A click on a row opens its link. Ctrl, Cmd or the middle button opens it in a new tab. */
function useRowNavigation(href: string | undefined): (event: MouseEvent) => void {
  const navigate = useNavigate();
  const address = useHref(href ?? '');
  return (event) => {
    // links and buttons in the row have their own action; selecting a figure to copy it is not a click
    const isOnControl = (event.target as Element).closest('a, button, input, label') !== null;
    if (
      href === undefined ||
      isOnControl ||
      event.button > MIDDLE_BUTTON ||
      window.getSelection()?.toString()
    )
      return;
    const inNewTab = event.button === MIDDLE_BUTTON || event.ctrlKey || event.metaKey;
    if (inNewTab) window.open(address, '_blank', 'noopener');
    else void navigate(href);
  };
}

interface HeaderCellProps<Row> {
  readonly column: Column<Row>;
  readonly sort?: Sort;
  readonly onSort?: (sort: Sort) => void;
}

function HeaderCell<Row>({ column, sort, onSort }: HeaderCellProps<Row>): ReactNode {
  const { title, sort: by } = column;
  if (by === undefined || !onSort) {
    return (
      <th scope="col" className={cellClass(column)}>
        {title}
      </th>
    );
  }
  const order = sort?.by === by ? sort.order : undefined;
  return (
    <th
      scope="col"
      className={cellClass(column)}
      aria-sort={order && (order === 'asc' ? 'ascending' : 'descending')}
    >
      <button
        type="button"
        className={classes.sort}
        onClick={() => onSort({ by, order: order === 'desc' ? 'asc' : 'desc' })}
      >
        {title}
        <span aria-hidden className={classes.arrow}>
          {order === undefined ? '↕' : order === 'asc' ? '↑' : '↓'}
        </span>
      </button>
    </th>
  );
}

function cellClass<Row>({ numeric = false, unbroken = false, from }: Column<Row>): string {
  return clsx({
    [classes.numeric ?? '']: numeric,
    [classes.unbroken ?? '']: unbroken,
    [classes.fromSm ?? '']: from === 'sm',
    [classes.fromMd ?? '']: from === 'md',
  });
}
