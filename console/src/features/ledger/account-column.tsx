import type { TFunction } from 'i18next';
import type { Column } from '../../shared/lists/data-table';
import type { NamedAccount } from './account-link';
import { AccountLink } from './account-link';

/**
 * Adds the account as the second column. Narrow screens hide the column after it, so that the name and the amount fit.
 */
export function withAccount<Row>(
  columns: readonly Column<Row>[],
  t: TFunction,
): readonly Column<Row & NamedAccount>[] {
  const account: Column<NamedAccount> = {
    key: 'account',
    title: t('ledger.posting.account'),
    render: (row) => <AccountLink account={row} isTwoLines />,
  };
  const second = columns.slice(1, 2).map((column) => ({ ...column, from: 'sm' as const }));
  return [...columns.slice(0, 1), account, ...second, ...columns.slice(2)];
}
