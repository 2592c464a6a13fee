import { Alert, Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api } from '../../api/client';
import type { Schemas } from '../../api/client';
import { usePermission } from '../../api/session';
import { formatDollars, formatInstant, formatWeek } from '../../shared/format';
import { PageHeader } from '../../shared/page/page-header';
import { QueryState } from '../../shared/page/query-state';
import { Status } from '../../shared/values/status';
import { UserName } from '../../shared/values/user-name';
import { RunLines } from './run-lines';
import { REFRESH_MS, RunProgress } from './run-progress';
import { SettlementFigures } from './settlement-figures';
import { VoidRunDialog } from './void-run-dialog';

type Run = Schemas['SettlementRunDetailResponse'];

/** A settlement run: its totals, its lines with the net sheet, and its void. */
export function RunPage(): ReactNode {
  const { t } = useTranslation();
  const { runId = '' } = useParams();
  const mayVoid = usePermission('ledger:void');
  const [isVoiding, { open, close }] = useDisclosure();
  const run = api.useQuery(
    'get',
    '/api/v1/ledger/settlement-runs/{run_id}',
    { params: { path: { run_id: runId } } },
    { refetchInterval: ({ state: { data } }) => (data?.status === 'RUNNING' ? REFRESH_MS : false) },
  );
  // the form that settled disappears with the settlement, the button with the void
  return (
    <div>
      <PageHeader
        title={t('settlement.run.title', { id: runId })}
        breadcrumbs={[{ label: t('settlement.title'), to: '/settlement' }]}
        badge={run.data && <Status of={run.data.status} />}
        description={run.data && formatWeek(run.data.payment_period_start)}
        actions={
          mayVoid &&
          run.data &&
          isVoidable(run.data) && (
            <Button variant="default" onClick={open}>
              {t('settlement.void.open')}
            </Button>
          )
        }
      />
      <QueryState query={run}>{(data) => <RunBody run={data} />}</QueryState>
      {isVoiding && <VoidRunDialog runId={runId} onClose={close} />}
    </div>
  );
}

const isVoidable = ({ status }: Run): boolean => status === 'COMPLETED' || status === 'FAILED';

function RunBody({ run }: { readonly run: Run }): ReactNode {
  const { t } = useTranslation();
  const voided = {
    label: t('settlement.run.linesVoided'),
    value: formatDollars(run.total_voided),
    note: t('settlement.run.linesVoidedNote', { count: run.lines_voided }),
  };
  return (
    <>
      {run.status === 'RUNNING' && <RunProgress run={run} />}
      {run.failure !== null && (
        <Alert color="red" variant="outline" mb="md" title={t('settlement.run.failure')}>
          {run.failure}
        </Alert>
      )}
      <SettlementFigures run={run} stats={run.lines_voided > 0 ? [voided] : []} />
      <Text size="sm" c="dimmed" my="lg" component="div">
        {t('settlement.run.started')}: {formatInstant(run.started_at)} · <UserName id={run.started_by} />
        {run.completed_at !== null &&
          ` · ${t('settlement.run.completed')}: ${formatInstant(run.completed_at)}`}
        {run.voided_at !== null && (
          <div>
            {t('settlement.run.voided')}: {formatInstant(run.voided_at)} · <UserName id={run.voided_by} /> ·{' '}
            {run.void_reason}
          </div>
        )}
      </Text>
      <RunLines run={run} />
    </>
  );
}
