import { Paper } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Stat } from '../../../shared/values/stat-grid';
import { DetailList } from '../../../shared/values/detail-list';
import { StatGrid } from '../../../shared/values/stat-grid';
import {
  formatDate,
  formatDollars,
  formatInstant,
  formatRate,
  formatWeek,
  isZero,
} from '../../../shared/format';
import { UserName } from '../../../shared/values/user-name';
import { dueState } from '../next-due';
import type { Loan } from '../loan';

interface LoanStatsProps {
  readonly loan: Loan;
  readonly today: string | undefined;
}

/** The key figures of the loan. */
export function LoanStats({ loan, today = '' }: LoanStatsProps): ReactNode {
  const { t } = useTranslation();
  const due = dueState(loan, today);
  const late = loan.installments.filter(({ status, due_date }) => status === 'POSTED' && due_date < today);
  return (
    <StatGrid
      stats={[
        {
          label: t('loans.detail.outstanding'),
          value: formatDollars(loan.outstanding_balance),
          note: t('loans.detail.ofAmount', { amount: formatDollars(loan.loan_amount) }),
        },
        {
          label: t('loans.detail.overdue'),
          value: formatDollars(loan.amount_overdue),
          note:
            late.length > 0
              ? t('loans.detail.overdueNote', { count: late.length })
              : t('loans.detail.onTime'),
          tone: isZero(loan.amount_overdue) ? undefined : 'bad',
        },
        {
          label: t('loans.nextDue'),
          value: loan.next_due_date ? formatDate(loan.next_due_date) : '—',
          note: due && t(`loans.due.${due}`),
          tone: due === 'overdue' ? 'bad' : undefined,
        },
        {
          label: t('loans.detail.progress'),
          value: formatDollars(loan.total_principal_paid),
          note: t('loans.detail.installments', {
            paid: loan.paid_installments,
            total: loan.total_installments,
          }),
        },
        {
          label: t('loans.detail.interestCollected'),
          value: formatDollars(loan.total_interest_paid),
          note: isZero(loan.waived_interest)
            ? t('loans.detail.ofAmount', { amount: formatDollars(loan.total_interest) })
            : t('loans.detail.ofAmountWaived', {
                amount: formatDollars(loan.total_interest),
                waived: formatDollars(loan.waived_interest),
              }),
        },
        ...recoveredStat(loan, t),
      ]}
    />
  );
}

/** A loan that was written off also shows the money received after the write-off. */
function recoveredStat({ recovered, left_to_recover: left }: Loan, t: TFunction): readonly Stat[] {
  if (isZero(recovered) && isZero(left)) return [];
  return [
    {
      label: t('loans.detail.recovered'),
      value: formatDollars(recovered),
      note: t('loans.detail.leftToRecover', { amount: formatDollars(left) }),
    },
  ];
}

/** The terms of the loan. */
export function LoanTerms({ loan }: { readonly loan: Loan }): ReactNode {
  const { t } = useTranslation();
  const closed =
    loan.closed_on === null
      ? []
      : [{ label: t('loans.detail.closed'), value: `${formatInstant(loan.closed_on)} ${t('time.zone')}` }];
  return (
    <Paper p="lg" mt="lg" component="section" aria-label={t('loans.detail.terms')}>
      <DetailList
        details={[
          { label: t('loans.amount'), value: formatDollars(loan.loan_amount) },
          { label: t('loans.rate'), value: formatRate(loan.interest_rate) },
          { label: t('loans.lent'), value: formatDate(loan.loan_date) },
          { label: t('loans.startWeek'), value: formatWeek(loan.start_week) },
          { label: t('loans.endWeek'), value: formatDate(loan.end_week) },
          { label: t('loans.purpose'), value: loan.purpose ?? '—' },
          { label: t('loans.notes'), value: loan.notes ?? '—' },
          { label: t('loans.detail.createdBy'), value: <UserName id={loan.created_by} /> },
          {
            label: t('loans.detail.approvedBy'),
            value: loan.approved_on === null ? '—' : <UserName id={loan.approved_by} />,
          },
          ...closed,
          ...(loan.closure_reason === null
            ? []
            : [{ label: t('loans.detail.reason'), value: loan.closure_reason }]),
        ]}
      />
    </Paper>
  );
}
