import { Anchor, Button, NativeSelect, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client';
import { usePermission } from '../../api/session';
import { formatDate, formatDollars, formatWeek } from '../../shared/format';
import { AccountFilter } from '../../shared/lists/account-filter';
import type { Column } from '../../shared/lists/data-table';
import { DateRangeFilter, StatusFilter } from '../../shared/lists/filters';
import type { ListState } from '../../shared/lists/list-state';
import { ResourceListPage } from '../../shared/lists/resource-list-page';
import { usePostingSchedule } from '../../shared/posting-schedule';
import { LoanPicker } from '../../shared/forms/loan-picker';
import { QueryState } from '../../shared/page/query-state';
import { PageHeader } from '../../shared/page/page-header';
import { Money } from '../../shared/values/money';
import { StatGrid } from '../../shared/values/stat-grid';
import { Status } from '../../shared/values/status';
import { PostDialog } from './post-dialog';
import { PostingTabs } from './posting-tabs';

type Installment = Schemas['InstallmentListItem'];

const LIST = {
  filters: [
    'loan_id',
    'weeks',
    'status',
    'driver_id',
    'lease_id',
    'medallion_id',
    'vehicle_id',
    'period_start',
    'period_end',
  ],
  sort: ['due_date', 'asc'],
} as const;

type NextRun = Schemas['ScheduledRunResponse'];

/** What the next run will post, or all unposted installments, with the dialog that posts them. */
export function UnpostedPage(): ReactNode {
  const schedule = usePostingSchedule();
  return <QueryState query={schedule}>{({ next_run }) => <UnpostedList nextRun={next_run} />}</QueryState>;
}

function UnpostedList({ nextRun }: { readonly nextRun: NextRun }): ReactNode {
  const { t } = useTranslation();
  const mayPost = usePermission('loans:post');
  const [isPosting, { open, close }] = useDisclosure();
  return (
    <ResourceListPage
      path="/api/v1/loans/installments/unposted"
      options={LIST}
      name="unposted"
      caption={t('posting.caption')}
      empty={t('posting.none')}
      columns={columnsOf}
      rowKey={({ installment_id }) => installment_id}
      rowHref={({ loan_id }) => `/loans/${loan_id}`}
      exports={{
        address: '/api/v1/loans/installments/export',
        query: { posted: 'false' },
        permission: 'loans:export',
      }}
      filters={(state) => <Filters state={state} nextRun={nextRun} />}
      toQuery={(query) => withWeeks(query, nextRun)}
      header={
        <>
          <PageHeader
            title={t('posting.title')}
            description={t('posting.description')}
            actions={mayPost && <Button onClick={open}>{t('posting.open')}</Button>}
          />
          <PostingTabs />
        </>
      }
      summary={(answer) => answer && <UnpostedTotals page={answer} />}
    >
      {({ filters }) => isPosting && <PostDialog loan={filters.loan_id ?? null} onClose={close} />}
    </ResourceListPage>
  );
}

type Query = Readonly<Record<string, string | number | undefined>>;

/** Without other weeks in the address: the weeks that the next run posts, with those that earlier runs have missed. */
function withWeeks({ weeks, ...query }: Query, { week_end }: NextRun): Query {
  const isChosen =
    weeks === 'all' || query['period_start'] !== undefined || query['period_end'] !== undefined;
  return isChosen ? query : { ...query, period_end: week_end };
}

interface FiltersProps {
  readonly state: ListState<(typeof LIST.filters)[number]>;
  readonly nextRun: NextRun;
}

function Filters({ state, nextRun }: FiltersProps): ReactNode {
  const { t } = useTranslation();
  const { weeks, period_start, period_end, loan_id } = state.filters;
  const isAll = weeks !== undefined || period_start !== undefined || period_end !== undefined;
  return (
    <>
      <NativeSelect
        label={t('posting.weeks')}
        data={[
          { value: '', label: t('posting.weeksOf.next', { week: formatWeek(nextRun.week_start) }) },
          { value: 'all', label: t('posting.weeksOf.all') },
        ]}
        value={isAll ? 'all' : ''}
        onChange={(event) =>
          state.setFilters({
            weeks: event.currentTarget.value,
            period_start: undefined,
            period_end: undefined,
          })
        }
      />
      <LoanPicker
        value={loan_id ?? null}
        onChange={(loan) => state.setFilters({ loan_id: loan ?? undefined })}
        w={{ sm: 230 }}
      />
      <StatusFilter state={state} name="status" label={t('field.status')} options={['SCHEDULED', 'DUE']} />
      <AccountFilter state={state} />
      <DateRangeFilter
        state={state}
        names={['period_start', 'period_end']}
        labels={[t('posting.from'), t('posting.to')]}
      />
    </>
  );
}

/** The amounts that a posting of the listed installments would post, and the amounts including loans on hold. */
function UnpostedTotals({ page }: { readonly page: Schemas['UnpostedInstallmentsResponse'] }): ReactNode {
  const { t } = useTranslation();
  const { totals, to_post } = page;
  return (
    <StatGrid
      stats={[
        {
          label: t('posting.sums.toPost'),
          value: formatDollars(to_post.total_due),
          note: t('posting.sums.installments', { count: to_post.installments }),
        },
        { label: t('loans.schedule.principal'), value: formatDollars(to_post.principal_amount) },
        { label: t('loans.schedule.interest'), value: formatDollars(to_post.interest_amount) },
        {
          label: t('posting.sums.all'),
          value: formatDollars(totals.total_due),
          note: t('posting.sums.installments', { count: totals.installments }),
        },
      ]}
    />
  );
}

function columnsOf(t: TFunction): readonly Column<Installment>[] {
  return [
    {
      key: 'id',
      title: t('posting.installment'),
      sort: 'installment_id',
      render: (row) => <InstallmentCell installment={row} />,
    },
    { key: 'driver', title: t('field.driver'), from: 'sm', render: ({ driver_name }) => driver_name },
    {
      key: 'tlc',
      title: t('field.tlc'),
      optional: true,
      render: ({ tlc_license_number: tlc }) => <span className="figure">{tlc}</span>,
    },
    { key: 'medallion', title: t('field.medallion'), from: 'md', render: (row) => row.medallion_number },
    { key: 'plate', title: t('field.plate'), optional: true, render: (row) => row.vehicle_plate },
    {
      key: 'week',
      title: t('field.week'),
      from: 'md',
      unbroken: true,
      render: ({ week_start }) => formatWeek(week_start),
    },
    {
      key: 'due',
      title: t('field.due'),
      sort: 'due_date',
      from: 'sm',
      unbroken: true,
      render: ({ due_date }) => formatDate(due_date),
    },
    { key: 'status', title: t('field.status'), from: 'sm', render: ({ status }) => <Status of={status} /> },
    {
      key: 'loan_status',
      title: t('posting.loanStatus'),
      from: 'md',
      render: ({ loan_status }) => <Status of={loan_status} />,
    },
    {
      key: 'principal',
      title: t('loans.schedule.principal'),
      numeric: true,
      from: 'md',
      render: ({ principal_amount }) => <Money amount={principal_amount} />,
    },
    {
      key: 'interest',
      title: t('loans.schedule.interest'),
      numeric: true,
      from: 'md',
      render: ({ interest_amount }) => <Money amount={interest_amount} quietZero />,
    },
    {
      key: 'total',
      title: t('loans.schedule.total'),
      numeric: true,
      sort: 'total_due',
      render: ({ total_due }) => <Money amount={total_due} />,
    },
  ];
}

/** The link to the loan of an installment. Narrow screens also show driver and due date here. */
function InstallmentCell({ installment }: { readonly installment: Installment }): ReactNode {
  const { t } = useTranslation();
  const { installment_id, loan_id, driver_name, due_date } = installment;
  return (
    <>
      <Anchor component={Link} to={`/loans/${loan_id}`} inherit fw={550} className="figure">
        {installment_id}
      </Anchor>
      <Text size="xs" c="dimmed" hiddenFrom="sm">
        {driver_name}
        <br />
        {t('field.due')} {formatDate(due_date)}
      </Text>
    </>
  );
}
