import { Alert, Progress, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api } from '../../api/client';
import type { Schemas } from '../../api/client';
import { ExportButton } from '../../shared/lists/export-button';
import { StatGrid } from '../../shared/values/stat-grid';
import { formatCount, formatDollars, formatInstant, sundayOf } from '../../shared/format';
import { PageHeader } from '../../shared/page/page-header';
import { QueryState } from '../../shared/page/query-state';
import { Status } from '../../shared/values/status';
import { UserName } from '../../shared/values/user-name';
import { PostingErrors } from './posting-result';
import { periodOf } from './runs-page';

type Run = Schemas['PostingRunDetailResponse'];

/** A posting run: its totals, and the installments that it could not post. */
export function RunPage(): ReactNode {
  const { t } = useTranslation();
  const id = parseInt(useParams()['runId'] ?? '', 10) || 0;
  const run = api.useQuery(
    'get',
    '/api/v1/loans/posting-runs/{run_id}',
    { params: { path: { run_id: id } } },
    { refetchInterval: ({ state: { data } }) => (data?.status === 'RUNNING' ? 1_000 : false) },
  );
  return (
    <div>
      <PageHeader
        title={t('posting.run.title', { id })}
        breadcrumbs={[
          { label: t('posting.title'), to: '/posting' },
          { label: t('posting.tabs.runs'), to: '/posting/runs' },
        ]}
        badge={run.data && <Status of={run.data.status} />}
        description={
          run.data &&
          `${t(run.data.dry_run ? 'posting.run.dry' : 'posting.run.real')} · ${periodOf(run.data, t)}`
        }
        actions={run.data && <Installments run={run.data} />}
      />
      <QueryState query={run}>{(data) => <RunBody run={data} />}</QueryState>
    </div>
  );
}

/** Exports the posted installments of the run's weeks for reconciliation. A scheduled run has only its own week. */
function Installments({ run }: { readonly run: Run }): ReactNode {
  if (run.dry_run) return null;
  const { period_end } = run;
  const query = { period_start: run.period_start ?? sundayOf(period_end), period_end, posted: 'true' };
  return (
    <ExportButton
      target={{ address: '/api/v1/loans/installments/export', query, permission: 'loans:export' }}
    />
  );
}

function RunBody({ run }: { readonly run: Run }): ReactNode {
  const { t } = useTranslation();
  const share = run.installments_due > 0 ? (100 * run.installments_posted) / run.installments_due : 0;
  return (
    <>
      {run.status === 'RUNNING' && (
        <Progress value={share} animated mb="md" aria-label={t('posting.dialog.running')} />
      )}
      {run.failure !== null && (
        <Alert color="red" variant="outline" mb="md" title={t('posting.run.failure')}>
          {run.failure}
        </Alert>
      )}
      <StatGrid
        stats={[
          { label: t('posting.run.due'), value: formatCount(run.installments_due) },
          { label: t('posting.run.posted'), value: formatCount(run.installments_posted) },
          {
            label: t('posting.run.failed'),
            value: formatCount(run.installments_failed),
            tone: run.installments_failed > 0 ? 'bad' : undefined,
          },
          { label: t('posting.run.amount'), value: formatDollars(run.total_amount_posted) },
        ]}
      />
      <Text size="sm" c="dimmed" mb="lg">
        {t('posting.run.started')}: {formatInstant(run.started_at)}
        {run.finished_at !== null && ` · ${t('posting.run.finished')}: ${formatInstant(run.finished_at)}`}
        {` · ${t(`posting.run.triggers.${run.trigger}`)} · `}
        <UserName id={run.started_by} />
      </Text>
      {run.errors.length > 0 ? (
        <PostingErrors errors={run.errors} />
      ) : (
        run.status === 'COMPLETED' && <Text size="sm">{t(`posting.run.${outcomeOf(run)}`)}</Text>
      )}
    </>
  );
}

function outcomeOf({ installments_due, dry_run }: Run): 'nothingDue' | 'noErrorsDry' | 'noErrors' {
  if (installments_due === 0) return 'nothingDue';
  return dry_run ? 'noErrorsDry' : 'noErrors';
}
