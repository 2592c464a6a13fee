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

/** The largest page of the API; few loans ever have more transactions. */
const MOST = 500;

/** What became of the loan in the ledger, and the balances that it left. */
export function LoanLedger({ loan }: { readonly loan: Loan }): ReactNode {
  return usePermission('ledger:view') ? (
    <Books loan={loan} />
  ) : (
    <NotAllowedPage permissions={['ledger:view']} />
  );
}

function Books({ loan }: { readonly loan: Loan }): ReactNode {
  const { t } = useTranslation();
  const books = api.useQuery('get', '/api/v1/loans/{loan_id}/transactions', {
    params: { path: { loan_id: loan.loan_id }, query: { page_size: MOST, sort_order: 'desc' } },
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
      <QueryState query={books}>
        {(data) =>
          data.total === 0 ? (
            <EmptyList>{t('loans.detail.ledgerNone')}</EmptyList>
          ) : (
            <>
              <LoanTransactions books={data} />
              <Title order={2} mt="lg" mb="sm">
                {t('loans.ledger.balances')}
              </Title>
              <LoanBalances books={data} />
            </>
          )
        }
      </QueryState>
    </>
  );
}
