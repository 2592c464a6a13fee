import { Anchor, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../../api/client';
import { formatDate } from '../../../shared/format';
import { DataTable } from '../../../shared/lists/data-table';
import { Money } from '../../../shared/values/money';

interface StatementMoneyProps {
  readonly title: string;
  /** Shown if there is no line */
  readonly none?: string;
  readonly money: Schemas['StatementResponse']['receipts'];
  readonly total: string;
}

/** The money that came in or went out in the week of a statement, line by line. */
export function StatementMoney({ title, none, money, total }: StatementMoneyProps): ReactNode {
  const { t } = useTranslation();
  return (
    <section>
      <Title order={2} mt="xl" mb="sm">
        {title}
      </Title>
      {money.length === 0 ? (
        <Text size="sm" c="dimmed">
          {none}
        </Text>
      ) : (
        <DataTable
          caption={title}
          rows={money}
          rowKey={({ posting_id }) => posting_id}
          columns={[
            {
              key: 'date',
              title: t('ledger.statement.day'),
              unbroken: true,
              render: ({ date }) => formatDate(date),
              footer: t('loans.schedule.sum'),
            },
            {
              key: 'posting',
              title: t('ledger.posting.id'),
              from: 'sm',
              render: ({ posting_id: id }) => (
                <Anchor component={Link} inherit to={`/ledger/postings/${id}`} className="figure">
                  {id}
                </Anchor>
              ),
            },
            {
              key: 'method',
              title: t('ledger.posting.method'),
              render: ({ method }) =>
                method === null ? t('ledger.receipts.noMethod') : t(`ledger.posting.methods.${method}`),
            },
            {
              key: 'reference',
              title: t('field.reference'),
              render: ({ reference, amount }) =>
                amount.startsWith('-') ? t('ledger.statement.voidOf', { reference }) : reference,
            },
            {
              key: 'amount',
              title: t('field.amount'),
              numeric: true,
              render: ({ amount }) => <Money amount={amount} />,
              footer: <Money amount={total} />,
            },
          ]}
        />
      )}
    </section>
  );
}
