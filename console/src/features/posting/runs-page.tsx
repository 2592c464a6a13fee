import { Anchor, Group } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { codesOf, labels } from '../../i18n/code-lists';
import type { Schemas } from '../../api/client';
import { formatCount, formatDate, formatInstant, formatWeek } from '../../shared/format';
import type { Column } from '../../shared/lists/data-table';
import { ChoiceFilter, StatusFilter } from '../../shared/lists/filters';
import type { ListState } from '../../shared/lists/list-state';
import { ResourceListPage } from '../../shared/lists/resource-list-page';
import { PageHeader } from '../../shared/page/page-header';
import { Money } from '../../shared/values/money';
import { Status } from '../../shared/values/status';
import { PostingTabs } from './posting-tabs';

type Run = Schemas['PostingRunResponse'];

const LIST = { filters: ['trigger', 'status', 'dry_run'], sort: ['', 'desc'] } as const;
const TRIGGERS = codesOf(labels.run_trigger);

const REFRESH_MS = 2_000;

/** All posting runs. The list is loaded again while a run is in progress. */
export function RunsPage(): ReactNode {
  const { t } = useTranslation();
  return (
    <ResourceListPage
      path="/api/v1/loans/posting-runs"
      options={LIST}
      name="runs"
      caption={t('posting.run.caption')}
      empty={t('posting.run.none')}
      columns={columnsOf}
      rowKey={({ run_id }) => run_id}
      rowHref={({ run_id }) => `/posting/runs/${run_id}`}
      rowTone={({ dry_run }) => (dry_run ? 'quiet' : undefined)}
      refetchInterval={(answer) =>
        answer?.items.some(({ status }) => status === 'RUNNING') ? REFRESH_MS : false
      }
      filters={(state) => <Filters state={state} />}
      header={
        <>
          <PageHeader title={t('posting.title')} description={t('posting.description')} />
          <PostingTabs />
        </>
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
        options={codesOf(labels.run_status)}
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
  );
}

/** A scheduled run also posts installments that an outage left unposted, so it has no first week. */
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
          {/* narrow screens have no columns for kind and status */}
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
