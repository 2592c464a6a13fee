import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/client';
import type { Schemas } from '../../api/client';
import { usePermission } from '../../api/session';
import { DataList } from '../../shared/data-list';
import type { Column } from '../../shared/data-table';
import { AccountFilter } from '../../shared/account-filter';
import { driverName } from '../../shared/driver-picker';
import { DateRangeFilter, StatusFilter, TextFilter } from '../../shared/filters';
import { formatDate, formatRate } from '../../shared/format';
import { keepRows, listQuery, useListState } from '../../shared/list-state';
import { LoanCell } from '../../shared/loan-cell';
import { Money } from '../../shared/money';
import { PageHeader } from '../../shared/page-header';
import { Status } from '../../shared/status';
import { ImportButton } from '../imports/import-button';
import { LoansTabs } from './loans-tabs';
import { NextDue } from './next-due';

type Loan = Schemas['LoanListItem'];

const LIST = {
  filters: ['q', 'status', 'driver_id', 'lease_id', 'date_from', 'date_to'],
  sort: ['loan_date', 'desc'],
} as const;

export function LoansPage(): ReactNode {
  const { t } = useTranslation();
  const mayCreate = usePermission('loans:create');
  const state = useListState(LIST);
  const query = listQuery(state);
  const loans = api.useQuery(
    'get',
    '/api/v1/loans',
    { params: { query } },
    { placeholderData: keepRows(query) },
  );
  const columns = useMemo(() => columnsOf(t), [t]);
  return (
    <div>
      <PageHeader
        title={t('loans.title')}
        lead={t('loans.lead')}
        actions={
          <>
            <ImportButton kind="loans" />
            {mayCreate && <CreateButton />}
          </>
        }
      />
      <LoansTabs />
      <DataList
        name="loans"
        caption={t('loans.title')}
        columns={columns}
        state={state}
        query={loans}
        rowKey={({ loan_id }) => loan_id}
        rowHref={({ loan_id }) => `/loans/${loan_id}`}
        empty={t('loans.none')}
        exports={{ address: '/api/v1/loans/export', query, permission: 'loans:export' }}
        filters={
          <>
            <TextFilter state={state} name="q" label={t('list.search')} placeholder={t('loans.searchHint')} />
            <StatusFilter
              state={state}
              name="status"
              label={t('field.status')}
              options={['DRAFT', 'ACTIVE', 'ON_HOLD', 'CLOSED', 'CANCELLED']}
            />
            <AccountFilter state={state} />
            <DateRangeFilter
              state={state}
              names={['date_from', 'date_to']}
              labels={[t('loans.lentFrom'), t('loans.lentTo')]}
            />
          </>
        }
      />
    </div>
  );
}

function CreateButton(): ReactNode {
  const { t } = useTranslation();
  return (
    <Button component={Link} to="/loans/new" leftSection={<IconPlus size={16} />}>
      {t('loans.create')}
    </Button>
  );
}

function columnsOf(t: TFunction): readonly Column<Loan>[] {
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
