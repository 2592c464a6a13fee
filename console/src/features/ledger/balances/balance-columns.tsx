import { Anchor } from '@mantine/core';
import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../../api/client';
import type { Column } from '../../../shared/lists/data-table';
import { formatDate } from '../../../shared/format';
import { Money } from '../../../shared/values/money';
import { Status } from '../../../shared/values/status';

export type Balance = Schemas['BalanceResponse'];

/** The columns of all tables of balances. */
export function balanceColumns(t: TFunction): readonly Column<Balance>[] {
  return [
    {
      key: 'id',
      title: t('ledger.balance.id'),
      render: ({ balance_id: id }) => (
        <Anchor component={Link} to={`/ledger/balances/${id}`} inherit fw={550} className="figure">
          {id}
        </Anchor>
      ),
    },
    { key: 'category', title: t('field.category'), render: ({ category }) => t(`category.${category}`) },
    {
      key: 'reference',
      title: t('field.reference'),
      from: 'md',
      render: ({ reference_id }) => <span className="figure">{reference_id}</span>,
    },
    {
      key: 'description',
      title: t('field.description'),
      optional: true,
      from: 'md',
      render: ({ description }) => description,
    },
    {
      key: 'due',
      title: t('field.due'),
      sort: 'due_date',
      from: 'sm',
      unbroken: true,
      render: ({ due_date }) => formatDate(due_date),
    },
    { key: 'status', title: t('field.status'), from: 'sm', render: ({ status }) => <Status of={status} /> },
    {
      key: 'original',
      title: t('ledger.balance.original'),
      numeric: true,
      sort: 'original_amount',
      from: 'sm',
      render: ({ original_amount }) => <Money amount={original_amount} />,
    },
    {
      key: 'applied',
      title: t('ledger.balance.applied'),
      numeric: true,
      from: 'md',
      render: ({ payment_applied }) => <Money amount={payment_applied} quietZero />,
    },
    {
      key: 'outstanding',
      title: t('ledger.balance.outstanding'),
      numeric: true,
      sort: 'outstanding_balance',
      render: ({ outstanding_balance }) => <Money amount={outstanding_balance} quietZero />,
    },
  ];
}
