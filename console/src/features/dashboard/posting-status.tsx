import { Anchor, Group, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/client';
import { formatDollars, formatInstant } from '../../shared/format';
import { Status } from '../../shared/values/status';
import { usePostingSchedule } from '../../shared/posting-schedule';

/** The last posting run with its result, and the time of the next run. */
export function PostingStatus(): ReactNode {
  const { t } = useTranslation();
  const runs = api.useQuery('get', '/api/v1/loans/posting-runs', {
    params: { query: { dry_run: false, page_size: 1 } },
  });
  const last = runs.data?.items[0];
  const next = usePostingSchedule().data?.next_run;
  return (
    <Paper px="lg" py="sm" mb="lg" component="section" aria-label={t('dashboard.posting')}>
      <Group gap="xl">
        <Text size="sm" component="div">
          <span className="quiet">{t('dashboard.lastRun')}: </span>
          {last ? (
            <Group component="span" display="inline-flex" gap="sm">
              <Anchor component={Link} to={`/posting/runs/${last.run_id}`} inherit>
                {formatInstant(last.started_at)} {t('time.zone')}
              </Anchor>
              {t('dashboard.runResult', {
                posted: last.installments_posted,
                due: last.installments_due,
                amount: formatDollars(last.total_amount_posted),
              })}
              <Status of={last.status} />
            </Group>
          ) : (
            runs.data && t('dashboard.noRun')
          )}
        </Text>
        {next && (
          <Text size="sm" component="div">
            <span className="quiet">{t('dashboard.nextRun')}: </span>
            {formatInstant(next.at)} {t('time.zone')}
          </Text>
        )}
      </Group>
    </Paper>
  );
}
