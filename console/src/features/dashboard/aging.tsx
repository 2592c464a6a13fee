import { Anchor, Grid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/client';
import type { Schemas } from '../../api/client';
import { DataTable } from '../../shared/lists/data-table';
import { isZero } from '../../shared/format';
import { LoanCell } from '../../shared/values/loan-cell';
import { Money } from '../../shared/values/money';
import { QueryState } from '../../shared/page/query-state';
import { ChartOrTable } from './chart-or-table';

const Bars = lazy(async () => ({ default: (await import('./bars')).Bars }));

const BUCKETS = ['current', 'days_1_7', 'days_8_14', 'days_15_28', 'over_28_days'] as const;

export function Aging(): ReactNode {
  const { t } = useTranslation();
  const aging = api.useQuery('get', '/api/v1/loans/reports/aging', { params: { query: { page_size: 10 } } });
  return (
    <QueryState query={aging} lines={8}>
      {({ totals, items }) => {
        const rows = BUCKETS.map((bucket) => ({
          bucket: t(`dashboard.buckets.${bucket}`),
          // the full names do not fit under the bars
          days: t(`dashboard.bucketDays.${bucket}`),
          amount: totals[bucket],
        }));
        return (
          <Grid gap="lg">
            <Grid.Col span={{ base: 12, lg: 6 }}>
              <ChartOrTable
                title={t('dashboard.aging')}
                empty={rows.every(({ amount }) => isZero(amount)) && t('dashboard.nothingUnpaid')}
                chart={
                  <Bars
                    label={t('dashboard.agingCaption')}
                    by="days"
                    data={rows}
                    series={[{ name: 'amount', label: t('dashboard.amount'), color: 'ink.6' }]}
                  />
                }
                table={
                  <DataTable
                    caption={t('dashboard.agingCaption')}
                    rows={rows}
                    rowKey={({ bucket }) => bucket}
                    columns={[
                      { key: 'bucket', title: t('dashboard.days'), render: ({ bucket }) => bucket },
                      {
                        key: 'amount',
                        title: t('dashboard.amount'),
                        numeric: true,
                        render: ({ amount }) => <Money amount={amount} quietZero />,
                      },
                    ]}
                  />
                }
              />
            </Grid.Col>
            <Grid.Col span={{ base: 12, lg: 6 }}>
              <LongestOverdue items={items} />
            </Grid.Col>
          </Grid>
        );
      }}
    </QueryState>
  );
}

/** The first ones, with a link to the report. */
function LongestOverdue({ items }: { readonly items: readonly Schemas['AgingItem'][] }): ReactNode {
  const { t } = useTranslation();
  const late = items.filter(({ days_overdue }) => days_overdue > 0);
  if (late.length === 0) return <Text c="dimmed">{t('dashboard.nothingLate')}</Text>;
  return (
    <Stack gap="sm">
      <DataTable
        caption={t('dashboard.latestCaption')}
        rows={late}
        rowKey={({ loan_id }) => loan_id}
        rowHref={({ loan_id }) => `/loans/${loan_id}`}
        columns={[
          {
            key: 'loan',
            title: t('dashboard.latest'),
            render: ({ loan_id, driver_name }) => <LoanCell loanId={loan_id} driver={driver_name} />,
          },
          { key: 'driver', title: t('field.driver'), from: 'sm', render: ({ driver_name }) => driver_name },
          {
            key: 'days',
            title: t('dashboard.days'),
            numeric: true,
            render: ({ days_overdue: days }) => days,
          },
          {
            key: 'overdue',
            title: t('dashboard.overdue'),
            numeric: true,
            render: ({ overdue }) => <Money amount={overdue} />,
          },
        ]}
      />
      <Anchor component={Link} to="/loans/aging" size="sm">
        {t('dashboard.allLate')}
      </Anchor>
    </Stack>
  );
}
