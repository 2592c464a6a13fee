import { Anchor, Group, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/client';
import { addDays, formatDate, formatDollars, formatInstant, sundayOf, weekdayOf } from '../../shared/format';
import { Status } from '../../shared/status';

/** When the posting ran last, with what result, and when it comes again. */
export function PostingState({ today }: { readonly today: string | undefined }): ReactNode {
  const { t } = useTranslation();
  const runs = api.useQuery('get', '/api/v1/loans/posting-runs', {
    params: { query: { dry_run: false, page_size: 1 } },
  });
  const last = runs.data?.items[0];
  const next = today && (weekdayOf(today) === 0 ? today : addDays(sundayOf(today), 7));
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
            t('dashboard.noRun')
          )}
        </Text>
        {next && (
          <Text size="sm" component="div">
            <span className="quiet">{t('dashboard.nextRun')}: </span>
            {t('dashboard.nextRunAt', { date: formatDate(next) })}
          </Text>
        )}
      </Group>
    </Paper>
  );
}
