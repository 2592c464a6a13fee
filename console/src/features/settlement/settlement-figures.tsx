import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { formatCount, formatDollars } from '../../shared/format';
import type { Stat } from '../../shared/values/stat-grid';
import { StatGrid } from '../../shared/values/stat-grid';
import { TotalsList } from '../../shared/values/totals-list';

/** Without its id, which the preview of a new run does not have */
type Run = Omit<Schemas['SettlementRunDetailResponse'], 'run_id'>;

interface SettlementFiguresProps {
  readonly run: Run;
  /** Further figures */
  readonly stats?: readonly Stat[];
}

/** The totals of a run or of its preview, and what the earnings pay in each category. */
export function SettlementFigures({ run, stats = [] }: SettlementFiguresProps): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <StatGrid
        stats={[
          { label: t('settlement.earnings'), value: formatDollars(run.total_earnings) },
          { label: t('settlement.applied'), value: formatDollars(run.total_applied) },
          { label: t('settlement.net'), value: formatDollars(run.total_net) },
          {
            label: t('settlement.lines'),
            value: formatCount(run.lines_total),
            note: t('settlement.nothingDue', { lines: formatCount(run.lines_nothing_due) }),
          },
          {
            label: t('settlement.rejected'),
            value: formatCount(run.lines_rejected),
            tone: run.lines_rejected > 0 ? 'bad' : undefined,
          },
          ...stats,
        ]}
      />
      {run.by_category.length > 0 && (
        <section aria-labelledby="by-category">
          <Title order={2} id="by-category">
            {t('settlement.byCategory')}
          </Title>
          <TotalsList
            lines={run.by_category.map(({ category, amount }) => ({
              label: t(`category.${category}`),
              amount,
            }))}
            total={{ label: t('settlement.applied'), amount: run.total_applied }}
          />
        </section>
      )}
    </>
  );
}
