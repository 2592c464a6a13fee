import { Anchor, Group } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/client';
import type { Schemas } from '../../api/client';
import { DataList } from '../../shared/data-list';
import type { Column } from '../../shared/data-table';
import { ChoiceFilter, StatusFilter } from '../../shared/filters';
import { formatCount, formatDate, formatInstant, formatWeek } from '../../shared/format';
import { keepRows, listQuery, useListState } from '../../shared/list-state';
import { Money } from '../../shared/money';
import { PageHeader } from '../../shared/page-header';
import { Status } from '../../shared/status';
import { PostingTabs } from './posting-tabs';

type Run = Schemas['PostingRunResponse'];

const LIST = { filters: ['trigger', 'status', 'dry_run'], sort: ['', 'desc'] } as const;
const TRIGGERS = ['CRON', 'API', 'CLI'] as const;

/** Every execution of the posting; one that runs is looked at again every two seconds. */
export function RunsPage(): ReactNode {
  const { t } = useTranslation();
  const state = useListState(LIST);
  const query = listQuery(state);
  const runs = api.useQuery(
    'get',
    '/api/v1/loans/posting-runs',
    { params: { query } },
    {
      placeholderData: keepRows(query),
      refetchInterval: ({ state: { data } }) =>
        data?.items.some(({ status }) => status === 'RUNNING') ? 2_000 : false,
    },
  );
  const columns = useMemo(() => columnsOf(t), [t]);
  return (
    <div>
      <PageHeader title={t('posting.title')} lead={t('posting.lead')} />
      <PostingTabs />
      <DataList
        name="runs"
        caption={t('posting.run.caption')}
        columns={columns}
        state={state}
        query={runs}
        rowKey={({ run_id }) => run_id}
        rowHref={({ run_id }) => `/posting/runs/${run_id}`}
        rowTone={({ dry_run }) => (dry_run ? 'quiet' : undefined)}
        empty={t('posting.run.none')}
        filters={
          <>
            <StatusFilter
              state={state}
              name="status"
              label={t('field.status')}
              options={['RUNNING', 'COMPLETED', 'FAILED']}
            />
            <ChoiceFilter
              state={state}
              name="trigger"
              label={t('posting.run.trigger')}
              options={TRIGGERS.map((value) => ({ value, label: t(`posting.run.triggers.${value}`) }))}
            />
            <ChoiceFilter
              state={state}
              name="dry_run"
              label={t('posting.run.kind')}
              options={[
                { value: 'false', label: t('posting.run.real') },
                { value: 'true', label: t('posting.run.dry') },
              ]}
            />
          </>
        }
      />
    </div>
  );
}

/** A run by the clock also takes up what an outage left behind: it has no first week. */
export function periodOf({ period_start, period_end }: Run, t: TFunction): string {
  if (period_start === null) return t('posting.run.allDue', { date: formatDate(period_end) });
  return formatWeek(period_start);
}

function columnsOf(t: TFunction): readonly Column<Run>[] {
  return [
    {
      key: 'id',
      title: t('posting.run.id'),
      render: ({ run_id }) => (
        <Anchor component={Link} to={`/posting/runs/${run_id}`} inherit fw={550} className="figure">
          {run_id}
        </Anchor>
      ),
    },
    {
      key: 'started',
      title: t('posting.run.started'),
      unbroken: true,
      render: ({ started_at, dry_run, status }) => (
        <>
          {formatInstant(started_at)}
          {/* a phone has no columns for both */}
          <Group hiddenFrom="sm" gap="xs">
            {dry_run && t('posting.run.dry')}
            {status !== 'COMPLETED' && <Status of={status} />}
          </Group>
        </>
      ),
    },
    { key: 'period', title: t('posting.run.period'), from: 'md', render: (run) => periodOf(run, t) },
    {
      key: 'trigger',
      title: t('posting.run.trigger'),
      from: 'md',
      render: ({ trigger }) => t(`posting.run.triggers.${trigger}`),
    },
    {
      key: 'kind',
      title: t('posting.run.kind'),
      from: 'sm',
      render: ({ dry_run }) => t(dry_run ? 'posting.run.dry' : 'posting.run.real'),
    },
    {
      key: 'status',
      title: t('posting.run.status'),
      from: 'sm',
      render: ({ status }) => <Status of={status} />,
    },
    {
      key: 'posted',
      title: t('posting.run.posted'),
      numeric: true,
      render: (run) => `${formatCount(run.installments_posted)} / ${formatCount(run.installments_due)}`,
    },
    {
      key: 'failed',
      title: t('posting.run.failed'),
      numeric: true,
      from: 'sm',
      render: ({ installments_failed: failed }) => (
        <span className={failed > 0 ? 'negative' : 'quiet'}>{formatCount(failed)}</span>
      ),
    },
    {
      key: 'amount',
      title: t('posting.run.amount'),
      numeric: true,
      render: ({ total_amount_posted }) => <Money amount={total_amount_posted} quietZero />,
    },
  ];
}
