import { Progress, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Schemas } from '../../api/client';
import { useSession } from '../../api/session';
import { formatCount } from '../../shared/format';

type Run = Schemas['SettlementRunResponse'];

export const REFRESH_MS = 1_000;

/** The number of lines that a run has settled or rejected so far. */
const doneOf = ({ lines_paid, lines_nothing_due, lines_rejected }: Run): number =>
  lines_paid + lines_nothing_due + lines_rejected;

/** The progress of a run, which the service updates after each chunk of lines. */
export function RunProgress({ run }: { readonly run: Run | undefined }): ReactNode {
  const { t } = useTranslation();
  const share = run && run.lines_total > 0 ? (100 * doneOf(run)) / run.lines_total : 0;
  return (
    <>
      <Progress value={share} animated mt="sm" aria-label={t('settlement.running')} />
      <Text size="sm" mt={4}>
        {run
          ? t('settlement.progress', { done: formatCount(doneOf(run)), total: formatCount(run.lines_total) })
          : t('settlement.running')}
      </Text>
    </>
  );
}

/** The progress of the run that this user has started and that has not answered yet. */
export function RunningRun(): ReactNode {
  const { profile } = useSession();
  const running = api.useQuery(
    'get',
    '/api/v1/ledger/settlement-runs',
    { params: { query: { status: 'RUNNING', started_by: profile?.id, page_size: 1 } } },
    { refetchInterval: REFRESH_MS },
  );
  return <RunProgress run={running.data?.items[0]} />;
}
