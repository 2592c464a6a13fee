import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { Facts } from '../../shared/facts';
import { formatDollars, formatRate, isZero } from '../../shared/format';
import { QueryState } from '../../shared/query-state';

/** The figures that one looks at first. */
export function Headlines(): ReactNode {
  const { t } = useTranslation();
  const statistics = api.useQuery('get', '/api/v1/loans/statistics/summary', {});
  const aging = api.useQuery('get', '/api/v1/loans/reports/aging', { params: { query: { page_size: 10 } } });
  const forecast = api.useQuery('get', '/api/v1/loans/reports/forecast', {
    params: { query: { weeks: 12 } },
  });
  const risk = aging.data?.portfolio_at_risk;
  return (
    <QueryState query={statistics} lines={3}>
      {(summary) => (
        <Facts
          facts={[
            {
              label: t('dashboard.outstanding'),
              value: formatDollars(summary.total_outstanding),
              note: t('dashboard.outstandingNote', {
                active: summary.active_loans,
                onHold: summary.on_hold_loans,
              }),
            },
            {
              label: t('dashboard.dueThisWeek'),
              value: formatDollars(forecast.data?.weeks[0]?.total ?? '0.00'),
            },
            {
              label: t('dashboard.overdue'),
              value: formatDollars(aging.data?.totals.overdue ?? '0.00'),
              note: risk && t('dashboard.overdueNote', { share: formatRate(risk.share_overdue) }),
              tone: aging.data && !isZero(aging.data.totals.overdue) ? 'bad' : undefined,
            },
            {
              label: t('dashboard.atRisk'),
              value: formatDollars(risk?.principal_over_28_days ?? '0.00'),
              note: risk && t('dashboard.atRiskNote', { share: formatRate(risk.share_over_28_days) }),
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
