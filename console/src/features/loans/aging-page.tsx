import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { AccountFilter } from '../../shared/lists/account-filter';
import type { Column } from '../../shared/lists/data-table';
import { ResourceListPage } from '../../shared/lists/resource-list-page';
import { PageHeader } from '../../shared/page/page-header';
import { LoanCell } from '../../shared/values/loan-cell';
import { Money } from '../../shared/values/money';
import { Status } from '../../shared/values/status';
import { LoansTabs } from './loans-tabs';

type Aged = Schemas['AgingItem'];
type Report = { readonly totals: Schemas['AgingTotals'] };

const LIST = { filters: ['driver_id', 'lease_id'], sort: ['days_overdue', 'desc'] } as const;

const BUCKETS = ['current', 'days_1_7', 'days_8_14', 'days_15_28', 'over_28_days'] as const;

/** The aging report: posted and unpaid amounts of each loan, by days since the due date. */
export function AgingPage(): ReactNode {
  const { t } = useTranslation();
  return (
    <ResourceListPage
      path="/api/v1/loans/reports/aging"
      options={LIST}
      name="aging"
      caption={t('loans.aging.title')}
      empty={t('loans.aging.none')}
      columns={columnsOf}
      rowKey={({ loan_id }) => loan_id}
      rowHref={({ loan_id }) => `/loans/${loan_id}`}
      exports={{ address: '/api/v1/loans/reports/aging/export', permission: 'loans:export' }}
      filters={(state) => <AccountFilter state={state} />}
      header={
        <>
          <PageHeader title={t('loans.aging.title')} description={t('loans.aging.description')} />
          <LoansTabs />
        </>
      }
    />
  );
}

function columnsOf(t: TFunction, report: Report | undefined): readonly Column<Aged>[] {
  const totals = report?.totals;
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
