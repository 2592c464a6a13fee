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

type Transactions = Schemas['LoanTransactionsResponse'];
type Transaction = Transactions['items'][number];

const isCharge = ({ kind }: Transaction): boolean => kind === 'CHARGE' || kind === 'CHARGE_VOID';
const isRecovery = ({ kind }: Transaction): boolean => kind === 'RECOVERY' || kind === 'RECOVERY_VOID';

/** A payment is negative in the API, because it lowers the balance. Its own column shows it as positive. */
const settledBy = ({ amount }: Transaction): string =>
  amount.startsWith('-') ? amount.slice(1) : `-${amount}`;

interface LoanTransactionsProps {
  /** The latest first */
  readonly transactions: Transactions;
}

export function LoanTransactions({ transactions }: LoanTransactionsProps): ReactNode {
  const { t } = useTranslation();
  const { items, total } = transactions;
  return (
    <>
      <DataTable
        caption={t('loans.ledger.caption')}
        rows={items.map((item, index) => ({ ...item, index })).reverse()}
        rowKey={({ index }) => index}
        rowHref={({ posting_id }) => `/ledger/postings/${posting_id}`}
        rowTone={(row) => ((row.voided_by_posting_id ?? row.reverses_posting_id) ? 'quiet' : undefined)}
        columns={columnsOf(transactions, t)}
      />
      {items.length < total && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('loans.ledger.latest', { shown: formatCount(items.length), total: formatCount(total) })}
        </Text>
      )}
    </>
  );
}

function columnsOf(transactions: Transactions, t: TFunction): readonly Column<Transaction>[] {
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
      render: (row) => <TransactionCell transaction={row} />,
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
      footer: <Money amount={transactions.total_charged} />,
    },
    {
      key: 'settled',
      title: t('loans.ledger.settled'),
      numeric: true,
      render: (row) => !isCharge(row) && !isRecovery(row) && <Money amount={settledBy(row)} />,
      footer: <Money amount={transactions.total_settled} />,
    },
    ...(transactions.items.some(isRecovery) ? [recoveredColumn(transactions, t)] : []),
    {
      key: 'balance',
      title: t('loans.ledger.balance'),
      numeric: true,
      render: ({ balance }) => <Money amount={balance} quietZero />,
      footer: <Money amount={transactions.balance} />,
    },
  ];
}

/** Money received after a write-off. It settles no balance. */
function recoveredColumn({ total_recovered }: Transactions, t: TFunction): Column<Transaction> {
  return {
    key: 'recovered',
    title: t('loans.ledger.recovered'),
    numeric: true,
    render: (row) => isRecovery(row) && <Money amount={row.recovered} />,
    footer: <Money amount={total_recovered} />,
  };
}

/** The label of a transaction with its posting. Narrow screens also show installment and time here. */
function TransactionCell({ transaction }: { readonly transaction: Transaction }): ReactNode {
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
