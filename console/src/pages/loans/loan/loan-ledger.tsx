import { Anchor, Group, Text } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../../api/client';
import { usePermission } from '../../../api/session';
import { EmptyList } from '../../../shared/data-list';
import { DataTable } from '../../../shared/data-table';
import { formatDate, sumOf } from '../../../shared/format';
import { Money } from '../../../shared/money';
import { QueryState } from '../../../shared/query-state';
import { Status } from '../../../shared/status';
import { NotAllowedPage } from '../../../app/error-pages';
import type { Loan } from './loan-page';

/** More installments than this no loan of the largest amount has. */
const MOST = 500;

/** What of the loan stands in the ledger: one balance for each posted installment. */
export function LoanLedger({ loan }: { readonly loan: Loan }): ReactNode {
  return usePermission('ledger:view') ? (
    <Balances loan={loan} />
  ) : (
    <NotAllowedPage permissions={['ledger:view']} />
  );
}

function Balances({ loan }: { readonly loan: Loan }): ReactNode {
  const { t } = useTranslation();
  const query = {
    driver_id: loan.driver_id,
    lease_id: loan.lease_id,
    category: 'LOANS',
    page_size: MOST,
  } as const;
  const balances = api.useQuery(
    'get',
    '/api/v1/ledger/balances',
    { params: { query: { ...query, sort_by: 'due_date', sort_order: 'asc' } } },
    { placeholderData: keepPreviousData },
  );
  const mine = new Set(loan.installments.flatMap(({ ledger_balance_id: id }) => (id === null ? [] : [id])));
  return (
    <>
      <Group justify="space-between" mb="sm">
        <Text size="sm" c="dimmed">
          {t('loans.detail.ledgerLead')}
        </Text>
        <Anchor component={Link} size="sm" to={`/ledger/accounts/${loan.driver_id}/${loan.lease_id}`}>
          {t('loans.detail.account')}
        </Anchor>
      </Group>
      <QueryState query={balances}>
        {({ items }) => {
          const rows = items.filter(({ balance_id }) => mine.has(balance_id));
          if (rows.length === 0) return <EmptyList>{t('loans.detail.ledgerNone')}</EmptyList>;
          return (
            <DataTable
              caption={t('loans.detail.tabs.ledger')}
              rows={rows}
              rowKey={({ balance_id }) => balance_id}
              rowHref={({ balance_id }) => `/ledger/balances/${balance_id}`}
              columns={[
                {
                  key: 'id',
                  title: t('loans.detail.balance'),
                  footer: t('loans.schedule.sum'),
                  render: ({ balance_id: id }) => (
                    <Anchor component={Link} inherit to={`/ledger/balances/${id}`} className="figure">
                      {id}
                    </Anchor>
                  ),
                },
                {
                  key: 'reference',
                  title: t('field.reference'),
                  from: 'sm',
                  render: (row) => row.reference_id,
                },
                { key: 'due', title: t('field.due'), render: (row) => formatDate(row.due_date) },
                {
                  key: 'original',
                  title: t('loans.detail.original'),
                  numeric: true,
                  from: 'sm',
                  render: (row) => <Money amount={row.original_amount} />,
                  footer: <Money amount={sumOf(rows.map((row) => row.original_amount))} />,
                },
                {
                  key: 'applied',
                  title: t('loans.detail.applied'),
                  numeric: true,
                  from: 'sm',
                  render: (row) => <Money amount={row.payment_applied} quietZero />,
                  footer: <Money amount={sumOf(rows.map((row) => row.payment_applied))} />,
                },
                {
                  key: 'left',
                  title: t('loans.detail.left'),
                  numeric: true,
                  render: (row) => <Money amount={row.outstanding_balance} quietZero />,
                  footer: <Money amount={sumOf(rows.map((row) => row.outstanding_balance))} />,
                },
                { key: 'status', title: t('field.status'), render: ({ status }) => <Status of={status} /> },
              ]}
            />
          );
        }}
      </QueryState>
    </>
  );
}
