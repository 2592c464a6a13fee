import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/client';
import { StatGrid } from '../../shared/values/stat-grid';
import { formatDollars, formatRate, isZero } from '../../shared/format';
import { QueryState } from '../../shared/page/query-state';

/** The key figures of all loans. */
export function KeyFigures(): ReactNode {
  const { t } = useTranslation();
  const statistics = api.useQuery('get', '/api/v1/loans/statistics/summary', {});
  const aging = api.useQuery('get', '/api/v1/loans/reports/aging', { params: { query: { page_size: 10 } } });
  const forecast = api.useQuery('get', '/api/v1/loans/reports/forecast', {
    params: { query: { weeks: 12 } },
  });
  const week = forecast.data?.weeks[0];
  const risk = aging.data?.portfolio_at_risk;
  return (
    <QueryState query={statistics} lines={3}>
      {(summary) => (
        <StatGrid
          stats={[
            {
              label: t('dashboard.outstanding'),
              value: (
                <FigureLink amount={summary.total_outstanding} to="/loans?sort_by=outstanding_balance" />
              ),
              note: t('dashboard.outstandingNote', {
                active: summary.active_loans,
                onHold: summary.on_hold_loans,
              }),
            },
            {
              label: t('dashboard.dueThisWeek'),
              value: <FigureLink amount={week?.total} to="/posting" />,
              note: week && t('dashboard.dueThisWeekNote', { onHold: formatDollars(week.on_hold) }),
            },
            {
              label: t('dashboard.overdue'),
              value: <FigureLink amount={aging.data?.totals.overdue} to="/loans/aging" />,
              note: t('dashboard.overdueNote'),
              tone: aging.data && !isZero(aging.data.totals.overdue) ? 'bad' : undefined,
            },
            {
              label: t('dashboard.atRisk'),
              value: <FigureLink amount={risk?.principal_overdue} to="/loans/aging" />,
              note:
                risk &&
                t('dashboard.atRiskNote', {
                  share: formatRate(risk.share_overdue),
                  late: formatRate(risk.share_over_28_days),
                }),
            },
            {
              label: t('dashboard.collected'),
              value: formatDollars(summary.total_amount_collected),
              note: t('dashboard.collectedNote', {
                interest: formatDollars(summary.total_interest_collected),
              }),
            },
          ]}
        />
      )}
    </QueryState>
  );
}

interface FigureLinkProps {
  /** Undefined while it loads and if it cannot be loaded */
  readonly amount: string | undefined;
  /** The list with the details */
  readonly to: string;
}

function FigureLink({ amount, to }: FigureLinkProps): ReactNode {
  if (amount === undefined) return '—';
  return (
    <Anchor component={Link} to={to} inherit c="inherit">
      {formatDollars(amount)}
    </Anchor>
  );
}
