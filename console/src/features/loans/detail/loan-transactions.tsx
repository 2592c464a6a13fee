import { Anchor, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../../api/client';
import type { Column } from '../../../shared/lists/data-table';
import { DataTable } from '../../../shared/lists/data-table';
import { formatCount, formatInstant } from '../../../shared/format';
import { Money } from '../../../shared/values/money';
import { Status } from '../../../shared/values/status';
import { UserName } from '../../../shared/values/user-name';

type Books = Schemas['LoanTransactionsResponse'];
type Transaction = Books['items'][number];

const isCharge = ({ kind }: Transaction): boolean => kind === 'CHARGE' || kind === 'CHARGE_VOID';
const isRecovery = ({ kind }: Transaction): boolean => kind === 'RECOVERY' || kind === 'RECOVERY_VOID';

/** A payment takes away from the debt; in its own column it counts up. */
const settledBy = ({ amount }: Transaction): string =>
  amount.startsWith('-') ? amount.slice(1) : `-${amount}`;

/** @param books the latest transaction first */
export function LoanTransactions({ books }: { readonly books: Books }): ReactNode {
  const { t } = useTranslation();
  const { items, total } = books;
  return (
    <>
      <DataTable
        caption={t('loans.ledger.caption')}
        rows={items.map((item, index) => ({ ...item, index })).reverse()}
        rowKey={({ index }) => index}
        rowHref={({ posting_id }) => `/ledger/postings/${posting_id}`}
        rowTone={(row) => ((row.voided_by_posting_id ?? row.reverses_posting_id) ? 'quiet' : undefined)}
        columns={columnsOf(books, t)}
      />
      {items.length < total && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('loans.ledger.latest', { shown: formatCount(items.length), total: formatCount(total) })}
        </Text>
      )}
    </>
  );
}

function columnsOf(books: Books, t: TFunction): readonly Column<Transaction>[] {
  return [
    {
      key: 'at',
      title: t('loans.ledger.at'),
      from: 'sm',
      unbroken: true,
      render: ({ at }) => formatInstant(at),
    },
    {
      key: 'what',
      title: t('loans.ledger.what'),
      footer: t('loans.schedule.sum'),
      render: (row) => <What transaction={row} />,
    },
    {
      key: 'installment',
      title: t('loans.ledger.installment'),
      numeric: true,
      from: 'sm',
      render: ({ installment_number }) => <span className="figure">{installment_number}</span>,
    },
    { key: 'by', title: t('loans.ledger.by'), from: 'md', render: ({ by }) => <UserName id={by} /> },
    {
      key: 'charged',
      title: t('loans.ledger.charged'),
      numeric: true,
      render: (row) => isCharge(row) && <Money amount={row.amount} />,
      footer: <Money amount={books.total_charged} />,
    },
    {
      key: 'settled',
      title: t('loans.ledger.settled'),
      numeric: true,
      render: (row) => !isCharge(row) && !isRecovery(row) && <Money amount={settledBy(row)} />,
      footer: <Money amount={books.total_settled} />,
    },
    ...(books.items.some(isRecovery) ? [recoveredColumn(books, t)] : []),
    {
      key: 'balance',
      title: t('loans.ledger.balance'),
      numeric: true,
      render: ({ balance }) => <Money amount={balance} quietZero />,
      footer: <Money amount={books.balance} />,
    },
  ];
}

/** Money that came in after a write-off: it settles nothing. */
function recoveredColumn({ total_recovered }: Books, t: TFunction): Column<Transaction> {
  return {
    key: 'recovered',
    title: t('loans.ledger.recovered'),
    numeric: true,
    render: (row) => isRecovery(row) && <Money amount={row.recovered} />,
    footer: <Money amount={total_recovered} />,
  };
}

/** In words, with the posting that did it; on a narrow screen also of which installment, and when. */
function What({ transaction }: { readonly transaction: Transaction }): ReactNode {
  const { t } = useTranslation();
  const { kind, at, posting_id: id, allocation_type: how, reverses_posting_id: reversed } = transaction;
  return (
    <>
      <Text inherit component="span" fw={550} mr="xs">
        {t(`loans.ledger.kinds.${kind}`)}
      </Text>
      {transaction.voided_by_posting_id !== null && <Status of="VOIDED" />}
      <Text size="xs" c="dimmed" hiddenFrom="sm">
        {transaction.installment_number !== null && (
          <>
            {t('loans.ledger.installment')} {transaction.installment_number}
            <br />
          </>
        )}
        {formatInstant(at)}
      </Text>
      <Text size="xs" c="dimmed">
        <Anchor component={Link} inherit to={`/ledger/postings/${id}`} className="figure">
          {id}
        </Anchor>
        {kind === 'PAYMENT' && how !== null && (
          <Text inherit component="span" visibleFrom="sm">
            {` · ${t(`ledger.balance.kinds.${how}`)} · ${transaction.source_id}`}
          </Text>
        )}
        {reversed !== null && ` · ${t('loans.ledger.reverses', { id: reversed })}`}
        {transaction.reason !== null && ` · ${transaction.reason}`}
      </Text>
    </>
  );
}
