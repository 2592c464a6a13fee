import { Anchor, Button, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { codesOf, labels } from '../../i18n/code-lists';
import type { Schemas } from '../../api/client';
import { usePermission } from '../../api/session';
import { formatCount, formatInstant, formatWeek } from '../../shared/format';
import type { Column } from '../../shared/lists/data-table';
import { DateRangeFilter, StatusFilter } from '../../shared/lists/filters';
import type { ListState } from '../../shared/lists/list-state';
import { ResourceListPage } from '../../shared/lists/resource-list-page';
import { UserFilter } from '../../shared/lists/user-filter';
import { PageHeader } from '../../shared/page/page-header';
import { Money } from '../../shared/values/money';
import { Status } from '../../shared/values/status';
import { REFRESH_MS } from './run-progress';

type Run = Schemas['SettlementRunResponse'];

const LIST = { filters: ['status', 'period_from', 'period_to', 'started_by'], sort: ['', 'desc'] } as const;

/** All settlement runs. The list is loaded again while a run is in progress. */
export function RunsPage(): ReactNode {
  const { t } = useTranslation();
  const maySettle = usePermission('ledger:post');
  return (
    <ResourceListPage
      path="/api/v1/ledger/settlement-runs"
      options={LIST}
      name="settlement-runs"
      caption={t('settlement.run.caption')}
      empty={t('settlement.run.none')}
      columns={columnsOf}
      rowKey={({ run_id }) => run_id}
      rowHref={({ run_id }) => `/settlement/${run_id}`}
      rowTone={({ status }) => (status === 'VOIDED' ? 'quiet' : undefined)}
      refetchInterval={(answer) =>
        answer?.items.some(({ status }) => status === 'RUNNING') ? REFRESH_MS : false
      }
      filters={(state) => <Filters state={state} />}
      header={
        <PageHeader
          title={t('settlement.title')}
          description={t('settlement.description')}
          actions={
            maySettle && (
              <Button component={Link} to="/settlement/new">
                {t('settlement.new')}
              </Button>
            )
          }
        />
      }
    />
  );
}

interface FiltersProps {
  readonly state: ListState<(typeof LIST.filters)[number]>;
}

function Filters({ state }: FiltersProps): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <StatusFilter
        state={state}
        name="status"
        label={t('field.status')}
        options={codesOf(labels.settlement_run_status)}
      />
      <DateRangeFilter
        state={state}
        names={['period_from', 'period_to']}
        labels={[t('settlement.run.from'), t('settlement.run.to')]}
      />
      <UserFilter state={state} name="started_by" label={t('settlement.run.startedBy')} />
    </>
  );
}

function columnsOf(t: TFunction): readonly Column<Run>[] {
  return [
    {
      key: 'id',
      title: t('settlement.run.id'),
      unbroken: true,
      render: (run) => <RunCell run={run} />,
    },
    {
      key: 'week',
      title: t('field.week'),
      from: 'sm',
      unbroken: true,
      render: ({ payment_period_start: week }) => formatWeek(week),
    },
    {
      key: 'started',
      title: t('settlement.run.started'),
      from: 'md',
      unbroken: true,
      render: ({ started_at }) => formatInstant(started_at),
    },
    { key: 'status', title: t('field.status'), from: 'sm', render: ({ status }) => <Status of={status} /> },
    {
      key: 'lines',
      title: t('settlement.lines'),
      numeric: true,
      from: 'sm',
      render: ({ lines_total }) => formatCount(lines_total),
    },
    {
      key: 'rejected',
      title: t('settlement.rejected'),
      numeric: true,
      from: 'md',
      render: ({ lines_rejected: count }) => (
        <span className={count > 0 ? 'negative' : 'quiet'}>{formatCount(count)}</span>
      ),
    },
    {
      key: 'earnings',
      title: t('settlement.earnings'),
      numeric: true,
      from: 'md',
      render: ({ total_earnings }) => <Money amount={total_earnings} />,
    },
    {
      key: 'applied',
      title: t('settlement.applied'),
      numeric: true,
      render: ({ total_applied }) => <Money amount={total_applied} quietZero />,
    },
    {
      key: 'net',
      title: t('settlement.net'),
      numeric: true,
      render: ({ total_net }) => <Money amount={total_net} quietZero />,
    },
  ];
}

/** The link to a run. Narrow screens also show here what is unusual about its status. */
function RunCell({ run: { run_id, status } }: { readonly run: Run }): ReactNode {
  return (
    <>
      <Anchor component={Link} to={`/settlement/${run_id}`} inherit fw={550} className="figure">
        {run_id}
      </Anchor>
      {status !== 'COMPLETED' && (
        <Text component="div" inherit hiddenFrom="sm">
          <Status of={status} />
        </Text>
      )}
    </>
  );
}
