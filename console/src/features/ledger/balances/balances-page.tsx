import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { codesOf, labels } from '../../../i18n/code-lists';
import { endOfDay, formatDate } from '../../../shared/format';
import { AccountFilter } from '../../../shared/lists/account-filter';
import { ChoiceFilter, DateFilter, DateRangeFilter, StatusFilter } from '../../../shared/lists/filters';
import type { ListState } from '../../../shared/lists/list-state';
import { ResourceListPage } from '../../../shared/lists/resource-list-page';
import { ImportLink } from '../../../shared/page/import-link';
import { PageHeader } from '../../../shared/page/page-header';
import { withAccount } from '../account-column';
import { AccountOpener } from '../account/account-opener';
import { CATEGORIES } from '../categories';
import { LedgerTabs } from '../ledger-tabs';
import { balanceColumns } from './balance-columns';

const LIST = {
  filters: ['driver_id', 'lease_id', 'category', 'status', 'due_from', 'due_to', 'as_of'],
  sort: ['due_date', 'desc'],
} as const;

/** All balances of the ledger, now or at the end of an earlier day. */
export function BalancesPage(): ReactNode {
  const { t } = useTranslation();
  return (
    <ResourceListPage
      path="/api/v1/ledger/balances"
      options={LIST}
      name="balances"
      caption={t('ledger.balance.caption')}
      empty={t('ledger.balance.none')}
      columns={() => withAccount(balanceColumns(t), t)}
      rowKey={({ balance_id }) => balance_id}
      rowHref={({ balance_id }) => `/ledger/balances/${balance_id}`}
      toQuery={({ as_of: day, ...query }) =>
        day === undefined ? query : { ...query, as_of: endOfDay(`${day}`) }
      }
      exports={{ address: '/api/v1/ledger/balances/export', permission: 'ledger:view' }}
      filters={(state) => <Filters state={state} />}
      header={
        <>
          <PageHeader
            title={t('ledger.title')}
            description={t('ledger.description')}
            actions={
              <>
                <ImportLink to="/ledger/import" permission="ledger:post" />
                <AccountOpener />
              </>
            }
          />
          <LedgerTabs />
        </>
      }
      summary={(_, { filters: { as_of: day } }) =>
        day !== undefined && (
          <Alert variant="outline" color="gray" c="var(--console-text)" mb="md" role="status">
            {t('ledger.balance.asOfNow', { date: formatDate(day) })}
          </Alert>
        )
      }
    />
  );
}

interface FiltersProps {
  readonly state: ListState<(typeof LIST.filters)[number]>;
}

function Filters({ state }: FiltersProps): ReactNode {
  const { t } = useTranslation();
  return (
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
        options={codesOf(labels.balance_status)}
      />
      <DateRangeFilter
        state={state}
        names={['due_from', 'due_to']}
        labels={[t('ledger.balance.dueFrom'), t('ledger.balance.dueTo')]}
      />
      <DateFilter state={state} name="as_of" label={t('ledger.balance.asOf')} />
    </>
  );
}
