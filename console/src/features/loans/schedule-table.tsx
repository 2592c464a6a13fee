import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import type { Column } from '../../shared/lists/data-table';
import { DataTable } from '../../shared/lists/data-table';
import { formatDate, formatDollars, formatRate, isZero, sumOf } from '../../shared/format';
import { Money } from '../../shared/values/money';
import { Status } from '../../shared/values/status';

type Planned = Schemas['PlannedInstallmentResponse'];
type Installment = Schemas['InstallmentResponse'];

/** The totals of the service, because not all installments count. */
type Totals = Pick<Schemas['LoanPreviewResponse'], 'loan_amount' | 'total_interest' | 'total_payable'>;

interface PlannedScheduleProps {
  readonly plan: Totals & { readonly installments: readonly Planned[] };
}

/** The schedule of a planned loan, with the calculation of the interest. */
export function PlannedSchedule({ plan }: PlannedScheduleProps): ReactNode {
  const { t } = useTranslation();
  return (
    <DataTable
      caption={t('loans.schedule.caption')}
      columns={plannedColumns(t, plan)}
      rows={plan.installments}
      rowKey={({ installment_number }) => installment_number}
    />
  );
}

interface ScheduleProps {
  readonly loan: Totals & { readonly installments: readonly Installment[] };
  readonly today: string | undefined;
}

/** The current schedule of a loan: the paid and the outstanding amount of each installment. */
export function Schedule({ loan, today }: ScheduleProps): ReactNode {
  const { t } = useTranslation();
  const { installments } = loan;
  const isLate = ({ status, due_date }: Installment): boolean =>
    status === 'POSTED' && today !== undefined && due_date < today;
  const columns: readonly Column<Installment>[] = [
    ...(plannedColumns(t, loan) as readonly Column<Installment>[]),
    {
      key: 'paid',
      title: t('loans.schedule.paid'),
      numeric: true,
      from: 'sm',
      render: (row) => <Money amount={paidOf(row)} quietZero />,
      footer: <Money amount={sumOf(installments.map(paidOf))} />,
    },
    {
      key: 'outstanding',
      title: t('loans.schedule.outstanding'),
      numeric: true,
      from: 'sm',
      render: (row) =>
        row.status === 'SKIPPED' ? '—' : <Money amount={row.outstanding_balance} quietZero />,
      footer: <Money amount={sumOf(installments.map((row) => row.outstanding_balance))} />,
    },
    {
      key: 'status',
      title: t('loans.schedule.status'),
      render: (row) => (
        <Status of={isLate(row) ? 'OVERDUE' : hasWriteOff(row) ? 'WRITTEN_OFF' : row.status} />
      ),
    },
  ];
  return (
    <DataTable
      caption={t('loans.schedule.caption')}
      columns={columns}
      rows={installments}
      rowKey={({ installment_id }) => installment_id}
      rowTone={(row) => (row.status === 'SKIPPED' ? 'quiet' : isLate(row) ? 'bad' : undefined)}
    />
  );
}

const paidOf = (row: Installment): string => sumOf([row.principal_paid, row.interest_paid]);

function plannedColumns(t: TFunction, totals: Totals): readonly Column<Planned>[] {
  return [
    {
      key: 'number',
      title: t('loans.schedule.number'),
      render: ({ installment_number }) => <span className="figure">{installment_number}</span>,
      footer: t('loans.schedule.sum'),
    },
    {
      key: 'due',
      title: t('loans.schedule.due'),
      unbroken: true,
      render: ({ due_date }) => formatDate(due_date),
    },
    {
      key: 'principal',
      title: t('loans.schedule.principal'),
      numeric: true,
      from: 'sm',
      render: ({ principal_amount }) => <Money amount={principal_amount} />,
      footer: <Money amount={totals.loan_amount} />,
    },
    {
      key: 'interest',
      title: t('loans.schedule.interest'),
      numeric: true,
      from: 'sm',
      render: ({ interest_amount }) => <Money amount={interest_amount} quietZero />,
      footer: <Money amount={totals.total_interest} />,
    },
    {
      key: 'total',
      title: t('loans.schedule.total'),
      numeric: true,
      render: ({ total_due }) => <Money amount={total_due} />,
      footer: <Money amount={totals.total_payable} />,
    },
    { key: 'why', title: t('loans.schedule.why'), from: 'md', render: (row) => <Basis row={row} /> },
  ];
}

/** The interest in its own sum: 1,500.00 × 10% × 10/365. */
function Basis({ row }: { readonly row: Planned }): ReactNode {
  const { t } = useTranslation();
  const { principal, annual_rate, days } = row.interest_basis;
  if (isZero(row.interest_amount)) return <span className="quiet">{t('loans.schedule.noInterest')}</span>;
  return (
    <span className="figure quiet">
      {t('loans.schedule.basis', {
        principal: formatDollars(principal),
        rate: formatRate(annual_rate),
        days,
      })}
    </span>
  );
}

/** Part of the installment is written off, so it is settled but not paid. */
function hasWriteOff(row: Installment): boolean {
  return !isZero(row.principal_written_off) || !isZero(row.interest_written_off);
}
