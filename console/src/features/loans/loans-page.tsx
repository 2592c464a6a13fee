import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { codesOf, labels } from '../../i18n/code-lists';
import type { Schemas } from '../../api/client';
import { usePermission } from '../../api/session';
import { formatDate, formatRate } from '../../shared/format';
import { AccountFilter } from '../../shared/lists/account-filter';
import type { Column } from '../../shared/lists/data-table';
import { DateRangeFilter, StatusFilter, TextFilter } from '../../shared/lists/filters';
import type { ListState } from '../../shared/lists/list-state';
import { ResourceListPage } from '../../shared/lists/resource-list-page';
import { ImportLink } from '../../shared/page/import-link';
import { PageHeader } from '../../shared/page/page-header';
import { driverName } from '../../shared/values/driver';
import { LoanCell } from '../../shared/values/loan-cell';
import { Money } from '../../shared/values/money';
import { Status } from '../../shared/values/status';
import { LoansTabs } from './loans-tabs';
import { NextDue } from './next-due';

type Loan = Schemas['LoanListItem'];

const LIST = {
  filters: ['q', 'status', 'driver_id', 'lease_id', 'date_from', 'date_to'],
  sort: ['loan_date', 'desc'],
} as const;

export function LoansPage(): ReactNode {
  const { t } = useTranslation();
  return (
    <ResourceListPage
      path="/api/v1/loans"
      options={LIST}
      name="loans"
      caption={t('loans.title')}
      empty={t('loans.none')}
      columns={columnsOf}
      rowKey={({ loan_id }) => loan_id}
      rowHref={({ loan_id }) => `/loans/${loan_id}`}
      exports={{ address: '/api/v1/loans/export', permission: 'loans:export' }}
      filters={(state) => <Filters state={state} />}
      header={<Header />}
    />
  );
}

function Header(): ReactNode {
  const { t } = useTranslation();
  const mayCreate = usePermission('loans:create');
  return (
    <>
      <PageHeader
        title={t('loans.title')}
        description={t('loans.description')}
        actions={
          <>
            <ImportLink to="/loans/import" permission="loans:create" />
            {mayCreate && (
              <Button component={Link} to="/loans/new" leftSection={<IconPlus size={16} />}>
                {t('loans.create')}
              </Button>
            )}
          </>
        }
      />
      <LoansTabs />
    </>
  );
}

interface FiltersProps {
  readonly state: ListState<(typeof LIST.filters)[number]>;
}

function Filters({ state }: FiltersProps): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <TextFilter state={state} name="q" label={t('list.search')} placeholder={t('loans.searchHint')} />
      <StatusFilter
        state={state}
        name="status"
        label={t('field.status')}
        options={codesOf(labels.loan_status)}
      />
      <AccountFilter state={state} />
      <DateRangeFilter
        state={state}
        names={['date_from', 'date_to']}
        labels={[t('loans.lentFrom'), t('loans.lentTo')]}
      />
    </>
  );
}

function columnsOf(t: TFunction): readonly Column<Loan>[] {
  return [...termColumns(t), ...amountColumns(t)];
}

function termColumns(t: TFunction): readonly Column<Loan>[] {
  return [
    {
      key: 'loan_id',
      title: t('loans.loanId'),
      sort: 'created_on',
      render: ({ loan_id, driver }) => <LoanCell loanId={loan_id} driver={driverName(driver)} />,
    },
    { key: 'driver', title: t('field.driver'), from: 'sm', render: ({ driver }) => driverName(driver) },
    {
      key: 'tlc',
      title: t('field.tlc'),
      optional: true,
      render: ({ driver }) => <span className="figure">{driver.tlc_license_number}</span>,
    },
    {
      key: 'medallion',
      title: t('field.medallion'),
      from: 'md',
      render: ({ lease }) => lease.medallion_number,
    },
    { key: 'status', title: t('field.status'), render: ({ status }) => <Status of={status} /> },
    {
      key: 'loan_date',
      title: t('loans.lent'),
      sort: 'loan_date',
      from: 'sm',
      unbroken: true,
      render: ({ loan_date }) => formatDate(loan_date),
    },
    {
      key: 'start_week',
      title: t('loans.startWeek'),
      sort: 'start_week',
      optional: true,
      unbroken: true,
      render: ({ start_week }) => formatDate(start_week),
    },
    {
      key: 'next_due',
      title: t('loans.nextDue'),
      from: 'md',
      unbroken: true,
      render: (loan) => <NextDue loan={loan} />,
    },
    {
      key: 'rate',
      title: t('loans.rate'),
      numeric: true,
      from: 'md',
      render: ({ interest_rate }) => formatRate(interest_rate),
    },
  ];
}

function amountColumns(t: TFunction): readonly Column<Loan>[] {
  return [
    {
      key: 'amount',
      title: t('loans.amount'),
      numeric: true,
      sort: 'loan_amount',
      from: 'sm',
      render: ({ loan_amount }) => <Money amount={loan_amount} />,
    },
    {
      key: 'paid',
      title: t('loans.paid'),
      numeric: true,
      optional: true,
      render: ({ total_principal_paid }) => <Money amount={total_principal_paid} quietZero />,
    },
    {
      key: 'outstanding',
      title: t('loans.outstanding'),
      numeric: true,
      sort: 'outstanding_balance',
      render: ({ outstanding_balance }) => <Money amount={outstanding_balance} quietZero />,
    },
    { key: 'purpose', title: t('loans.purpose'), optional: true, render: ({ purpose }) => purpose },
  ];
}
