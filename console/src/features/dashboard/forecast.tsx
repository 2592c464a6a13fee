import type { ReactNode } from 'react';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Schemas } from '../../api/client';
import { DataTable } from '../../shared/lists/data-table';
import { formatDate, formatWeek, isZero } from '../../shared/format';
import { Money } from '../../shared/values/money';
import { QueryState } from '../../shared/page/query-state';
import { ChartOrTable } from './chart-or-table';

const Bars = lazy(async () => ({ default: (await import('./bars')).Bars }));

type Line = Schemas['ForecastLine'];

const WEEKS = 12;

export function Forecast(): ReactNode {
  const { t } = useTranslation();
  const forecast = api.useQuery('get', '/api/v1/loans/reports/forecast', {
    params: { query: { weeks: WEEKS } },
  });
  return (
    <QueryState query={forecast} lines={8}>
      {({ earlier, weeks, later }) => {
        const lines = [earlier, ...weeks, later];
        return (
          <ChartOrTable
            title={t('dashboard.forecast')}
            empty={lines.every(({ total }) => isZero(total)) && t('dashboard.nothingToCome')}
            chart={
              <Bars
                label={t('dashboard.forecastCaption')}
                by="week"
                stacked
                data={weeks.map(({ week_start: week, principal, interest }) => ({
                  week: week === null ? '' : (formatDate(week).split(',')[0] ?? ''),
                  principal,
                  interest,
                }))}
                series={[
                  { name: 'principal', label: t('dashboard.principal'), color: 'ink.6' },
                  { name: 'interest', label: t('dashboard.interest'), color: 'yellow.6' },
                ]}
              />
            }
            table={<ForecastTable lines={lines} />}
          />
        );
      }}
    </QueryState>
  );
}

function ForecastTable({ lines }: { readonly lines: readonly Line[] }): ReactNode {
  const { t } = useTranslation();
  const last = lines.length - 1;
  const nameOf = (line: Line, index: number): string => {
    if (index === 0) return t('dashboard.earlier');
    return index === last || line.week_start === null ? t('dashboard.later') : formatWeek(line.week_start);
  };
  const rows = lines.map((line, index) => ({ ...line, index }));
  return (
    <DataTable
      caption={t('dashboard.forecastCaption')}
      rows={rows}
      rowKey={({ index }) => index}
      columns={[
        { key: 'week', title: t('dashboard.week'), render: (line) => nameOf(line, line.index) },
        {
          key: 'principal',
          title: t('dashboard.principal'),
          numeric: true,
          from: 'sm',
          render: ({ principal }) => <Money amount={principal} quietZero />,
        },
        {
          key: 'interest',
          title: t('dashboard.interest'),
          numeric: true,
          from: 'sm',
          render: ({ interest }) => <Money amount={interest} quietZero />,
        },
        {
          key: 'total',
          title: t('dashboard.total'),
          numeric: true,
          render: ({ total }) => <Money amount={total} quietZero />,
        },
        {
          key: 'on_hold',
          title: t('dashboard.onHold'),
          numeric: true,
          from: 'sm',
          render: ({ on_hold }) => <Money amount={on_hold} quietZero />,
        },
      ]}
    />
  );
}
