import { Anchor, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../../api/client';
import { usePermission } from '../../../api/session';
import { NotAllowedPage } from '../../../shared/page/error-pages';
import { EmptyList } from '../../../shared/lists/empty-list';
import { QueryState } from '../../../shared/page/query-state';
import { LoanBalances } from './loan-balances';
import type { Loan } from '../loan';
import { LoanTransactions } from './loan-transactions';

/** The largest page of the API. Few loans have more transactions. */
const MAX_TRANSACTIONS = 500;

/** The transactions and the balances of the loan. */
export function LoanLedger({ loan }: { readonly loan: Loan }): ReactNode {
  return usePermission('ledger:view') ? (
    <Transactions loan={loan} />
  ) : (
    <NotAllowedPage permissions={['ledger:view']} />
  );
}

function Transactions({ loan }: { readonly loan: Loan }): ReactNode {
  const { t } = useTranslation();
  const transactions = api.useQuery('get', '/api/v1/loans/{loan_id}/transactions', {
    params: { path: { loan_id: loan.loan_id }, query: { page_size: MAX_TRANSACTIONS, sort_order: 'desc' } },
  });
  return (
    <>
      <Group justify="space-between" mb="sm">
        <Text size="sm" c="dimmed">
          {t('loans.ledger.description')}
        </Text>
        <Anchor component={Link} size="sm" to={`/ledger/accounts/${loan.driver_id}/${loan.lease_id}`}>
          {t('loans.detail.account')}
        </Anchor>
      </Group>
      <QueryState query={transactions}>
        {(data) =>
          data.total === 0 ? (
            <EmptyList>{t('loans.detail.ledgerNone')}</EmptyList>
          ) : (
            <>
              <LoanTransactions transactions={data} />
              <Title order={2} mt="lg" mb="sm">
                {t('loans.ledger.balances')}
              </Title>
              <LoanBalances transactions={data} />
            </>
          )
        }
      </QueryState>
    </>
  );
}
