import { Alert, Anchor } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/client';
import { DataList } from '../../shared/data-list';
import type { Column } from '../../shared/data-table';
import { DriverFilter } from '../../shared/driver-filter';
import { ChoiceFilter, DateFilter, StatusFilter } from '../../shared/filters';
import { endOfDay, formatDate } from '../../shared/format';
import { listQuery, useListState } from '../../shared/list-state';
import { PageHeader } from '../../shared/page-header';
import { AccountOpener } from './account-opener';
import type { Balance } from './balance-columns';
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
    { params: { query: query } },
    { placeholderData: keepPreviousData },
  );
  const columns = useMemo(() => columnsOf(t), [t]);
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
            <DriverFilter state={state} />
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
            <DateFilter state={state} name="due_from" label={t('ledger.balance.dueFrom')} />
            <DateFilter state={state} name="due_to" label={t('ledger.balance.dueTo')} />
            <DateFilter state={state} name="as_of" label={t('ledger.balance.asOf')} />
          </>
        }
      />
    </div>
  );
}

function columnsOf(t: TFunction): readonly Column<Balance>[] {
  const [first, ...others] = balanceColumns(t);
  const account: Column<Balance> = {
    key: 'account',
    title: t('ledger.posting.account'),
    from: 'md',
    render: ({ driver_id, lease_id }) => (
      <Anchor component={Link} to={`/ledger/accounts/${driver_id}/${lease_id}`} inherit className="figure">
        {driver_id}/{lease_id}
      </Anchor>
    ),
  };
  return [...(first ? [first] : []), account, ...others];
}
