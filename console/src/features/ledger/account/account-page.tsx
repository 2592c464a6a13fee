import { Anchor, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { EmptyList } from '../../../shared/lists/empty-list';
import { DataTable } from '../../../shared/lists/data-table';
import { StatGrid } from '../../../shared/values/stat-grid';
import { formatDollars } from '../../../shared/format';
import { QueryState } from '../../../shared/page/query-state';
import { AccountHeader, useAccount } from './account-header';
import { balanceColumns } from '../balances/balance-columns';
import { AccountTabs } from '../ledger-tabs';

type Account = Schemas['OpenBalancesResponse'];

/** The open balances of a driver under a lease, in the order of payment. */
export function AccountPage(): ReactNode {
  const account = useAccount();
  const open = api.useQuery('get', '/api/v1/ledger/balances/driver/{driver_id}/lease/{lease_id}', {
    params: { path: { driver_id: account.driverId, lease_id: account.leaseId } },
  });
  return (
    <div>
      <AccountHeader />
      <AccountTabs {...account} />
      <QueryState query={open}>{(data) => <OpenBalances account={data} />}</QueryState>
    </div>
  );
}

function OpenBalances({ account }: { readonly account: Account }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <StatGrid
        stats={[
          { label: t('ledger.account.owed'), value: formatDollars(account.outstanding_balance) },
          {
            label: t('ledger.account.credit'),
            value: formatDollars(account.unallocated_credit),
            note: (
              <Anchor component={Link} inherit to={`/ledger/credits?driver_id=${account.driver_id}`}>
                {t('ledger.account.creditNote')}
              </Anchor>
            ),
          },
          ...account.categories.map((line) => ({
            label: t(`category.${line.category}`),
            value: formatDollars(line.outstanding_balance),
            note: `${t('ledger.account.count')}: ${line.open_balances}`,
          })),
        ]}
      />
      <Title order={2} mb="sm">
        {t('ledger.account.byCategory')}
      </Title>
      {account.balances.length === 0 ? (
        <EmptyList>{t('ledger.account.clear')}</EmptyList>
      ) : (
        <DataTable
          caption={t('ledger.account.tabs.open')}
          columns={balanceColumns(t)}
          rows={account.balances}
          rowKey={({ balance_id }) => balance_id}
          rowHref={({ balance_id }) => `/ledger/balances/${balance_id}`}
        />
      )}
    </>
  );
}
