import { Anchor } from '@mantine/core';
import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import { codesOf, labels } from '../../../i18n/code-lists';
import type { Schemas } from '../../../api/client';
import type { Column } from '../../../shared/lists/data-table';
import { formatCode, formatInstant, formatWeek } from '../../../shared/format';
import { Money } from '../../../shared/values/money';
import { Status } from '../../../shared/values/status';

/** What a posting in a list and one with its allocations have in common. */
export type Posting = Omit<Schemas['PostingDetailResponse'], 'allocations' | 'refunded' | 'left_over'>;

/** EARNINGS is not a category of a balance. It marks money of the driver. */
export const hasCategory = ({ category }: Posting): boolean => category !== 'EARNINGS';

export const POSTING_KINDS = codesOf(labels.posting_kind);

/** A CREDIT lowers the amount owed, so it is shown as negative. */
export const signedAmount = ({ posting_type, amount }: Posting): string =>
  posting_type === 'CREDIT' ? `-${amount}` : amount;

export function postingColumns(t: TFunction): readonly Column<Posting>[] {
  return [
    {
      key: 'id',
      title: t('ledger.posting.id'),
      render: ({ posting_id: id }) => (
        <Anchor component={Link} to={`/ledger/postings/${id}`} inherit fw={550} className="figure">
          {id}
        </Anchor>
      ),
    },
    {
      key: 'kind',
      title: t('ledger.posting.kind'),
      render: ({ kind }) => t(`ledger.posting.kinds.${kind}`),
    },
    {
      key: 'category',
      title: t('field.category'),
      from: 'sm',
      render: (posting) => (hasCategory(posting) ? t(`category.${posting.category}`) : '—'),
    },
    {
      key: 'source',
      title: t('ledger.posting.source'),
      from: 'md',
      render: ({ source_type, source_id }) => (
        <>
          {source_id}
          <br />
          <span className="quiet">{formatCode(source_type)}</span>
        </>
      ),
    },
    {
      key: 'period',
      title: t('ledger.posting.period'),
      sort: 'payment_period_start',
      optional: true,
      unbroken: true,
      render: ({ payment_period_start }) => formatWeek(payment_period_start),
    },
    {
      key: 'at',
      title: t('ledger.posting.at'),
      sort: 'posted_at',
      from: 'sm',
      unbroken: true,
      render: ({ posted_at }) => formatInstant(posted_at),
    },
    { key: 'status', title: t('field.status'), from: 'sm', render: ({ status }) => <Status of={status} /> },
    {
      key: 'amount',
      title: t('field.amount'),
      numeric: true,
      sort: 'amount',
      render: (row) => <Money amount={signedAmount(row)} />,
    },
  ];
}
