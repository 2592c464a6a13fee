import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Schemas } from '../../api/client';
import { AccountFilter } from '../../shared/account-filter';
import { DataList } from '../../shared/data-list';
import type { Column } from '../../shared/data-table';
import { keepRows, listQuery, useListState } from '../../shared/list-state';
import { LoanCell } from '../../shared/loan-cell';
import { Money } from '../../shared/money';
import { PageHeader } from '../../shared/page-header';
import { Status } from '../../shared/status';
import { LoansTabs } from './loans-tabs';

type Aged = Schemas['AgingItem'];

const LIST = { filters: ['driver_id', 'lease_id'], sort: ['days_overdue', 'desc'] } as const;

const BUCKETS = ['current', 'days_1_7', 'days_8_14', 'days_15_28', 'over_28_days'] as const;

/** The aging report: what is posted and unpaid of each loan, by the days since it fell due. */
export function AgingPage(): ReactNode {
  const { t } = useTranslation();
  const state = useListState(LIST);
  const query = listQuery(state);
  const aging = api.useQuery(
    'get',
    '/api/v1/loans/reports/aging',
    { params: { query } },
    { placeholderData: keepRows(query) },
  );
  const totals = aging.data?.totals;
  const columns = useMemo(() => columnsOf(totals, t), [totals, t]);
  return (
    <div>
      <PageHeader title={t('loans.aging.title')} lead={t('loans.aging.lead')} />
      <LoansTabs />
      <DataList
        name="aging"
        caption={t('loans.aging.title')}
        columns={columns}
        state={state}
        query={aging}
        rowKey={({ loan_id }) => loan_id}
        rowHref={({ loan_id }) => `/loans/${loan_id}`}
        empty={t('loans.aging.none')}
        exports={{ address: '/api/v1/loans/reports/aging/export', query, permission: 'loans:export' }}
        filters={<AccountFilter state={state} />}
      />
    </div>
  );
}

function columnsOf(totals: Schemas['AgingTotals'] | undefined, t: TFunction): readonly Column<Aged>[] {
  const amount = (name: (typeof BUCKETS)[number] | 'overdue', title: string) => ({
    key: name,
    title,
    numeric: true,
    render: (loan: Aged) => <Money amount={loan[name]} quietZero />,
    footer: totals && <Money amount={totals[name]} />,
  });
  return [
    {
      key: 'loan',
      title: t('loans.loanId'),
      footer: t('loans.aging.total'),
      render: ({ loan_id, driver_name }) => <LoanCell loanId={loan_id} driver={driver_name} />,
    },
    { key: 'driver', title: t('field.driver'), from: 'sm', render: ({ driver_name }) => driver_name },
    { key: 'status', title: t('field.status'), from: 'md', render: ({ status }) => <Status of={status} /> },
    {
      key: 'days',
      title: t('dashboard.days'),
      numeric: true,
      sort: 'days_overdue',
      render: ({ days_overdue }) => days_overdue,
    },
    ...BUCKETS.map((name) => ({ ...amount(name, t(`dashboard.buckets.${name}`)), from: 'md' as const })),
    { ...amount('overdue', t('dashboard.overdue')), sort: 'overdue' },
    {
      key: 'outstanding',
      title: t('dashboard.outstanding'),
      numeric: true,
      optional: true,
      render: ({ outstanding_balance }) => <Money amount={outstanding_balance} quietZero />,
    },
  ];
}
