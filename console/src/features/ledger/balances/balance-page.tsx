import { Anchor, Button, Paper, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { usePermission } from '../../../api/session';
import { DataTable } from '../../../shared/lists/data-table';
import { DetailList } from '../../../shared/values/detail-list';
import { StatGrid } from '../../../shared/values/stat-grid';
import { formatCode, formatDate, formatDollars, formatInstant, formatWeek } from '../../../shared/format';
import { Money } from '../../../shared/values/money';
import { PageHeader } from '../../../shared/page/page-header';
import { QueryState } from '../../../shared/page/query-state';
import { Status } from '../../../shared/values/status';
import { UserName } from '../../../shared/values/user-name';
import { AccountOf } from '../account-link';
import { DisputeDialog } from './dispute-dialog';

type Balance = Schemas['BalanceDetailResponse'];

interface BalanceProps {
  readonly balance: Balance;
}

/** A balance with its allocations and disputes. */
export function BalancePage(): ReactNode {
  const { t } = useTranslation();
  const { balanceId = '' } = useParams();
  const mayPost = usePermission('ledger:post');
  const [isOpen, { open, close }] = useDisclosure();
  const balance = api.useQuery('get', '/api/v1/ledger/balances/{balance_id}', {
    params: { path: { balance_id: balanceId } },
  });
  const action = balance.data && disputeActionOf(balance.data);
  return (
    <div>
      <PageHeader
        title={t('ledger.balance.title', { id: balanceId })}
        breadcrumbs={[{ label: t('ledger.title'), to: '/ledger' }]}
        badge={balance.data && <Status of={balance.data.status} />}
        description={balance.data?.description ?? undefined}
        actions={
          action &&
          mayPost && (
            <Button variant="default" onClick={open}>
              {t(`ledger.balance.${action}`)}
            </Button>
          )
        }
      />
      <QueryState query={balance}>{(data) => <BalanceBody balance={data} />}</QueryState>
      {isOpen && action && <DisputeDialog action={action} balanceId={balanceId} onClose={close} />}
    </div>
  );
}

function disputeActionOf({ status }: Balance): 'dispute' | 'resolve' | undefined {
  if (status === 'OPEN') return 'dispute';
  return status === 'DISPUTED' ? 'resolve' : undefined;
}

function BalanceBody({ balance }: BalanceProps): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <StatGrid
        stats={[
          { label: t('ledger.balance.outstanding'), value: formatDollars(balance.outstanding_balance) },
          { label: t('ledger.balance.original'), value: formatDollars(balance.original_amount) },
          { label: t('ledger.balance.applied'), value: formatDollars(balance.payment_applied) },
          { label: t('field.due'), value: formatDate(balance.due_date) },
        ]}
      />
      <Paper p="lg" mb="lg">
        <DetailList
          details={[
            { label: t('field.category'), value: t(`category.${balance.category}`) },
            { label: t('ledger.balance.reference'), value: <Reference balance={balance} /> },
            { label: t('field.week'), value: formatWeek(balance.payment_period_start) },
            {
              label: t('ledger.balance.posting'),
              value: (
                <Anchor component={Link} inherit to={`/ledger/postings/${balance.posting_id}`}>
                  {balance.posting_id}
                </Anchor>
              ),
            },
            {
              label: t('ledger.posting.account'),
              value: <AccountOf record={balance} />,
            },
          ]}
        />
      </Paper>
      <Allocations balance={balance} />
      {balance.disputes.length > 0 && <Disputes balance={balance} />}
    </>
  );
}

/** An installment is a link to its loan. */
function Reference({ balance: { reference_type: type, reference_id: id } }: BalanceProps): ReactNode {
  if (type !== 'LOAN_INSTALLMENT') return `${formatCode(type)} · ${id}`;
  return (
    <Anchor component={Link} inherit to={`/loans/installments/${id}`}>
      {id}
    </Anchor>
  );
}

function Allocations({ balance }: BalanceProps): ReactNode {
  const { t } = useTranslation();
  return (
    <section>
      <Title order={2} mb="sm">
        {t('ledger.balance.allocations')}
      </Title>
      {balance.allocations.length === 0 ? (
        <Text c="dimmed" size="sm">
          {t('ledger.balance.noAllocations')}
        </Text>
      ) : (
        <DataTable
          caption={t('ledger.balance.allocations')}
          rows={balance.allocations}
          rowKey={({ allocation_id }) => allocation_id}
          rowHref={({ payment_posting_id }) => `/ledger/postings/${payment_posting_id}`}
          columns={[
            {
              key: 'payment',
              title: t('ledger.balance.posting'),
              render: ({ payment_posting_id: id, allocated_at }) => (
                <>
                  <Anchor component={Link} inherit to={`/ledger/postings/${id}`} className="figure">
                    {id}
                  </Anchor>
                  <Text size="xs" c="dimmed" hiddenFrom="sm">
                    {formatInstant(allocated_at)}
                  </Text>
                </>
              ),
            },
            {
              key: 'what',
              title: t('ledger.posting.kind'),
              render: ({ kind }) => t(`ledger.posting.kinds.${kind}`),
            },
            {
              key: 'at',
              title: t('ledger.balance.at'),
              unbroken: true,
              from: 'sm',
              render: (row) => formatInstant(row.allocated_at),
            },
            {
              key: 'kind',
              title: t('ledger.balance.kind'),
              from: 'sm',
              render: (row) => t(`ledger.balance.kinds.${row.allocation_type}`),
            },
            {
              key: 'amount',
              title: t('field.amount'),
              numeric: true,
              render: (row) => <Money amount={row.amount_allocated} />,
            },
          ]}
        />
      )}
    </section>
  );
}

function Disputes({ balance }: BalanceProps): ReactNode {
  const { t } = useTranslation();
  return (
    <section>
      <Title order={2} mt="lg" mb="sm">
        {t('ledger.balance.disputes')}
      </Title>
      <DataTable
        caption={t('ledger.balance.disputes')}
        rows={balance.disputes}
        rowKey={({ recorded_at }) => recorded_at}
        columns={[
          {
            key: 'at',
            title: t('ledger.balance.at'),
            unbroken: true,
            render: (row) => formatInstant(row.recorded_at),
          },
          { key: 'step', title: t('field.status'), render: (row) => t(`ledger.balance.steps.${row.step}`) },
          { key: 'reason', title: t('field.reason'), render: (row) => row.reason },
          { key: 'by', title: t('field.by'), from: 'sm', render: (row) => <UserName id={row.recorded_by} /> },
        ]}
      />
    </section>
  );
}
