import { Anchor, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../../api/client';
import { DataTable } from '../../../shared/lists/data-table';
import { formatDate } from '../../../shared/format';
import { Money } from '../../../shared/values/money';
import { Status } from '../../../shared/values/status';

interface LoanBalancesProps {
  readonly transactions: Schemas['LoanTransactionsResponse'];
}

/** One balance for each posted installment. The totals leave out voided balances. */
export function LoanBalances({ transactions }: LoanBalancesProps): ReactNode {
  const { t } = useTranslation();
  return (
    <DataTable
      caption={t('loans.ledger.balances')}
      rows={transactions.balances}
      rowKey={({ balance_id }) => balance_id}
      rowHref={({ balance_id }) => `/ledger/balances/${balance_id}`}
      columns={[
        {
          key: 'id',
          title: t('loans.detail.balance'),
          footer: t('loans.schedule.sum'),
          render: ({ balance_id: id, due_date }) => (
            <>
              <Anchor component={Link} inherit to={`/ledger/balances/${id}`} className="figure">
                {id}
              </Anchor>
              <Text size="xs" c="dimmed" hiddenFrom="sm">
                {t('field.due')} {formatDate(due_date)}
              </Text>
            </>
          ),
        },
        { key: 'reference', title: t('field.reference'), from: 'sm', render: (row) => row.reference_id },
        {
          key: 'due',
          title: t('field.due'),
          unbroken: true,
          from: 'sm',
          render: (row) => formatDate(row.due_date),
        },
        {
          key: 'original',
          title: t('loans.detail.original'),
          numeric: true,
          from: 'sm',
          render: (row) => <Money amount={row.original_amount} />,
          footer: <Money amount={transactions.total_charged} />,
        },
        {
          key: 'applied',
          title: t('loans.ledger.settled'),
          numeric: true,
          from: 'sm',
          render: (row) => <Money amount={row.payment_applied} quietZero />,
          footer: <Money amount={transactions.total_settled} />,
        },
        {
          key: 'left',
          title: t('loans.detail.left'),
          numeric: true,
          render: (row) => <Money amount={row.outstanding_balance} quietZero />,
          footer: <Money amount={transactions.balance} />,
        },
        { key: 'status', title: t('field.status'), render: ({ status }) => <Status of={status} /> },
      ]}
    />
  );
}
