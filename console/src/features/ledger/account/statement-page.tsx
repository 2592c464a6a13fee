import { Button, Group, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import type { Column } from '../../../shared/lists/data-table';
import { DataTable } from '../../../shared/lists/data-table';
import { formatDollars, sundayOf, isZero } from '../../../shared/format';
import { Money } from '../../../shared/values/money';
import { QueryState } from '../../../shared/page/query-state';
import { useBusinessDate } from '../../../shared/posting-schedule';
import { useDownload } from '../../../shared/use-download';
import { WeekPicker } from '../../../shared/forms/week-picker';
import { AccountHeader, useAccount } from './account-header';
import { AccountTabs } from '../ledger-tabs';
import { StatementMoney } from './statement-money';

type Statement = Schemas['StatementResponse'];
type Row = Schemas['StatementRowResponse'];

const STATEMENTS = '/api/v1/ledger/statements';

const WEEKS_BACK = 52;

/** The statement of a payment week, by category. */
export function StatementPage(): ReactNode {
  const { t } = useTranslation();
  const account = useAccount();
  const today = useBusinessDate();
  const [parameters, setParameters] = useSearchParams();
  const week = parameters.get('week') ?? (today === undefined ? null : sundayOf(today));
  const query = { driver_id: account.driverId, lease_id: account.leaseId, period_start: week ?? '' };
  const statement = api.useQuery('get', STATEMENTS, { params: { query } }, { enabled: week !== null });
  const pdf = useDownload();
  return (
    <div>
      <AccountHeader />
      <AccountTabs {...account} />
      <Group align="flex-end" mb="md">
        <WeekPicker
          label={t('ledger.statement.week')}
          today={today}
          from={-WEEKS_BACK}
          to={0}
          value={week}
          onChange={(sunday) => setParameters({ week: sunday }, { replace: true })}
        />
        <Button
          variant="default"
          className="no-print"
          loading={pdf.isPending}
          onClick={() => pdf.mutate({ address: STATEMENTS, query: { ...query, format: 'pdf' } })}
        >
          {t('ledger.statement.pdf')}
        </Button>
        <Button variant="default" className="no-print" onClick={() => window.print()}>
          {t('ledger.statement.print')}
        </Button>
      </Group>
      <QueryState query={statement}>{(data) => <StatementTable statement={data as Statement} />}</QueryState>
    </div>
  );
}

function StatementTable({ statement }: { readonly statement: Statement }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <DataTable
        caption={t('ledger.statement.caption')}
        columns={columnsOf(t, statement)}
        rows={statement.categories}
        rowKey={({ category }) => category}
      />
      <Text mt="md">{t('ledger.statement.credit', { amount: formatDollars(statement.credit) })}</Text>
      {!isZero(statement.recovered) && (
        <Text>{t('ledger.statement.recovered', { amount: formatDollars(statement.recovered) })}</Text>
      )}
      <StatementMoney
        title={t('ledger.statement.received')}
        none={t('ledger.statement.receivedNone')}
        money={statement.receipts}
        total={statement.total_received}
      />
      {statement.refunds.length > 0 && (
        <StatementMoney
          title={t('ledger.statement.refunded')}
          money={statement.refunds}
          total={statement.total_refunded}
        />
      )}
    </>
  );
}

type Amounts = Statement['totals'];

/** What leads to the balance forward, with its labels. On a phone it is below the category. */
const MOVEMENTS = {
  prior_balance: 'prior',
  current_charge: 'charge',
  payment_applied: 'applied',
  adjustment: 'adjustment',
} as const;

const MOVEMENT_KEYS = Object.keys(MOVEMENTS) as readonly (keyof typeof MOVEMENTS)[];

function columnsOf(t: TFunction, { totals }: Statement): readonly Column<Row>[] {
  const amount = (key: keyof Amounts, title: string): Column<Row> => ({
    key,
    title,
    numeric: true,
    render: (row) => <Money amount={row[key]} quietZero />,
    footer: <Money amount={totals[key]} />,
  });
  return [
    {
      key: 'category',
      title: t('field.category'),
      render: (row) => <WithMovements name={t(`category.${row.category}`)} amounts={row} />,
      footer: <WithMovements name={t('loans.schedule.sum')} amounts={totals} />,
    },
    ...MOVEMENT_KEYS.map((key) => ({
      ...amount(key, t(`ledger.statement.${MOVEMENTS[key]}`)),
      from: 'sm' as const,
    })),
    amount('balance_forward', t('ledger.statement.forward')),
  ];
}

interface WithMovementsProps {
  readonly name: string;
  readonly amounts: Amounts;
}

function WithMovements({ name, amounts }: WithMovementsProps): ReactNode {
  const { t } = useTranslation();
  const moved = MOVEMENT_KEYS.filter((key) => !isZero(amounts[key]));
  return (
    <>
      {name}
      {moved.map((key) => (
        <Text key={key} size="xs" c="dimmed" hiddenFrom="sm">
          {t(`ledger.statement.${MOVEMENTS[key]}`)} {formatDollars(amounts[key])}
        </Text>
      ))}
    </>
  );
}
