import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { DataList } from '../../shared/data-list';
import { AccountFilter } from '../../shared/account-filter';
import { ChoiceFilter, DateFilter, DateRangeFilter, StatusFilter } from '../../shared/filters';
import { endOfDay, formatDate } from '../../shared/format';
import { keepRows, listQuery, useListState } from '../../shared/list-state';
import { PageHeader } from '../../shared/page-header';
import { withAccount } from './account-column';
import { AccountOpener } from './account-opener';
import { balanceColumns } from './balance-columns';
import { CATEGORIES } from './categories';
import { LedgerTabs } from './ledger-tabs';

const LIST = {
  filters: ['driver_id', 'lease_id', 'category', 'status', 'due_from', 'due_to', 'as_of'],
  sort: ['due_date', 'desc'],
} as const;

/** All balances of the ledger, also as they stood at the end of an earlier day. */
export function BalancesPage(): ReactNode {
  const { t } = useTranslation();
  const state = useListState(LIST);
  const asOf = state.filters.as_of;
  const query = { ...listQuery(state), ...(asOf === undefined ? {} : { as_of: endOfDay(asOf) }) };
  const balances = api.useQuery(
    'get',
    '/api/v1/ledger/balances',
    { params: { query } },
    { placeholderData: keepRows(query) },
  );
  const columns = useMemo(() => withAccount(balanceColumns(t), t), [t]);
  return (
    <div>
      <PageHeader title={t('ledger.title')} lead={t('ledger.lead')} actions={<AccountOpener />} />
      <LedgerTabs />
      {asOf !== undefined && (
        <Alert variant="outline" color="gray" c="var(--console-text)" mb="md" role="status">
          {t('ledger.balance.asOfNow', { date: formatDate(asOf) })}
        </Alert>
      )}
      <DataList
        name="balances"
        caption={t('ledger.balance.caption')}
        columns={columns}
        state={state}
        query={balances}
        rowKey={({ balance_id }) => balance_id}
        rowHref={({ balance_id }) => `/ledger/balances/${balance_id}`}
        empty={t('ledger.balance.none')}
        exports={{ address: '/api/v1/ledger/balances/export', query, permission: 'ledger:view' }}
        filters={
          <>
            <AccountFilter state={state} />
            <ChoiceFilter
              state={state}
              name="category"
              label={t('field.category')}
              options={CATEGORIES.map((value) => ({ value, label: t(`category.${value}`) }))}
            />
            <StatusFilter
              state={state}
              name="status"
              label={t('field.status')}
              options={['OPEN', 'CLOSED', 'DISPUTED', 'VOIDED']}
            />
            <DateRangeFilter
              state={state}
              names={['due_from', 'due_to']}
              labels={[t('ledger.balance.dueFrom'), t('ledger.balance.dueTo')]}
            />
            <DateFilter state={state} name="as_of" label={t('ledger.balance.asOf')} />
          </>
        }
      />
    </div>
  );
}
