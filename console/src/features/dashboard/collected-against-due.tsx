import type { ReactNode } from 'react';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Schemas } from '../../api/client';
import { DataTable } from '../../shared/lists/data-table';
import { formatDate, formatWeek } from '../../shared/format';
import { Money } from '../../shared/values/money';
import { QueryState } from '../../shared/page/query-state';
import { ChartOrTable } from './chart-or-table';

const Bars = lazy(async () => ({ default: (await import('./bars')).Bars }));

type Collections = Schemas['LoanCollectionsResponse'];

/** The amounts due in each of the last weeks, and how much of them is paid. */
export function CollectedAgainstDue(): ReactNode {
  const { t } = useTranslation();
  const collections = api.useQuery('get', '/api/v1/loans/reports/collections', {});
  return (
    <QueryState query={collections} lines={8}>
      {(report) => (
        <ChartOrTable
          title={t('dashboard.collectedDue')}
          empty={report.totals.installments === 0 && t('dashboard.nothingFellDue')}
          chart={
            <Bars
              label={t('dashboard.collectedDueCaption')}
              by="week"
              data={report.weeks.map(({ week_start, total_due, total_paid }) => ({
                week: formatDate(week_start).split(',')[0] ?? '',
                total_due,
                total_paid,
              }))}
              series={[
                { name: 'total_due', label: t('dashboard.due'), color: 'ink.2' },
                { name: 'total_paid', label: t('dashboard.paid'), color: 'ink.6' },
              ]}
            />
          }
          table={<CollectionsTable report={report} />}
        />
      )}
    </QueryState>
  );
}

function CollectionsTable({ report: { weeks, totals } }: { readonly report: Collections }): ReactNode {
  const { t } = useTranslation();
  const amount = (name: 'total_due' | 'total_paid' | 'written_off' | 'outstanding', title: string) => ({
    key: name,
    title,
    numeric: true,
    render: (week: Collections['weeks'][number]) => <Money amount={week[name]} quietZero />,
    footer: <Money amount={totals[name]} />,
  });
  return (
    <DataTable
      caption={t('dashboard.collectedDueCaption')}
      rows={weeks}
      rowKey={({ week_start }) => week_start}
      columns={[
        {
          key: 'week',
          title: t('dashboard.week'),
          unbroken: true,
          render: ({ week_start }) => formatWeek(week_start),
          footer: t('dashboard.total'),
        },
        amount('total_due', t('dashboard.due')),
        amount('total_paid', t('dashboard.paid')),
        { ...amount('written_off', t('dashboard.writtenOff')), from: 'md' },
        { ...amount('outstanding', t('dashboard.unpaid')), from: 'sm' },
      ]}
    />
  );
}
