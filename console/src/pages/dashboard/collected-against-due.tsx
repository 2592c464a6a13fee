import type { ReactNode } from 'react';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Schemas } from '../../api/client';
import { DataTable } from '../../shared/data-table';
import { addDays, formatDate, formatWeek, sumOf, sundayOf } from '../../shared/format';
import { Money } from '../../shared/money';
import { QueryState } from '../../shared/query-state';
import { ChartOrTable } from './chart-or-table';

const Bars = lazy(async () => ({ default: (await import('./bars')).Bars }));

type Installment = Schemas['InstallmentListItem'];

const WEEKS = 8;
/** The API's largest page: a bigger fleet sees the newest of them, and the page says so. */
const MOST = 500;

/** The posted installments of the last eight weeks, and what of them is paid by now. */
export function CollectedAgainstDue({ today }: { readonly today: string }): ReactNode {
  const { t } = useTranslation();
  const first = addDays(sundayOf(today), -7 * (WEEKS - 1));
  const installments = api.useQuery('get', '/api/v1/loans/installments', {
    params: {
      query: {
        posted: true,
        period_start: first,
        period_end: addDays(first, 7 * WEEKS - 1),
        page_size: MOST,
        sort_order: 'desc',
      },
    },
  });
  return (
    <QueryState query={installments} lines={8}>
      {({ items, total }) => {
        const weeks = byWeek(items, first);
        return (
          <ChartOrTable
            title={t('dashboard.collectedDue')}
            note={
              total > items.length
                ? t('dashboard.collectedDuePart', { counted: items.length, total })
                : undefined
            }
            chart={
              <Bars
                label={t('dashboard.collectedDueCaption')}
                by="name"
                data={weeks.map((week) => ({ ...week, name: formatDate(week.start).split(',')[0] ?? '' }))}
                series={[
                  { name: 'due', label: t('dashboard.due'), color: 'ink.2' },
                  { name: 'paid', label: t('dashboard.paid'), color: 'ink.6' },
                ]}
              />
            }
            table={
              <DataTable
                caption={t('dashboard.collectedDueCaption')}
                rows={weeks}
                rowKey={({ start }) => start}
                columns={[
                  { key: 'week', title: t('dashboard.week'), render: ({ start }) => formatWeek(start) },
                  {
                    key: 'due',
                    title: t('dashboard.due'),
                    numeric: true,
                    render: ({ due }) => <Money amount={due} quietZero />,
                  },
                  {
                    key: 'paid',
                    title: t('dashboard.paid'),
                    numeric: true,
                    render: ({ paid }) => <Money amount={paid} quietZero />,
                  },
                ]}
              />
            }
          />
        );
      }}
    </QueryState>
  );
}

function byWeek(
  items: readonly Installment[],
  first: string,
): readonly { readonly start: string; readonly due: string; readonly paid: string }[] {
  return Array.from({ length: WEEKS }, (_, index) => addDays(first, index * 7)).map((start) => {
    const rows = items.filter(({ week_start }) => week_start === start);
    return {
      start,
      due: sumOf(rows.map(({ total_due }) => total_due)),
      paid: sumOf(rows.flatMap(({ principal_paid, interest_paid }) => [principal_paid, interest_paid])),
    };
  });
}
