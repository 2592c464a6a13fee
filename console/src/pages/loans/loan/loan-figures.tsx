import { Paper } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fact } from '../../../shared/facts';
import { FactList, Facts } from '../../../shared/facts';
import {
  formatDate,
  formatDollars,
  formatInstant,
  formatRate,
  formatWeek,
  isZero,
} from '../../../shared/format';
import { UserName } from '../../../shared/user-name';
import { dueState } from '../next-due';
import type { Loan } from './loan-page';

interface LoanFiguresProps {
  readonly loan: Loan;
  readonly today: string | undefined;
}

/** The balances of the loan, and what of it is late. */
export function LoanFigures({ loan, today = '' }: LoanFiguresProps): ReactNode {
  const { t } = useTranslation();
  const due = dueState(loan, today);
  const late = loan.installments.filter(({ status, due_date }) => status === 'POSTED' && due_date < today);
  return (
    <Facts
      facts={[
        {
          label: t('loans.outstanding'),
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
          label: t('loans.detail.interestLeft'),
          value: formatDollars(loan.total_interest_paid),
          note: isZero(loan.waived_interest)
            ? t('loans.detail.ofAmount', { amount: formatDollars(loan.total_interest) })
            : t('loans.detail.ofAmountWaived', {
                amount: formatDollars(loan.total_interest),
                waived: formatDollars(loan.waived_interest),
              }),
        },
        ...recoveredFact(loan, t),
      ]}
    />
  );
}

/** Of a loan that was written off: what was given up is no payment, what came in after it is told apart. */
function recoveredFact({ recovered, left_to_recover: left }: Loan, t: TFunction): readonly Fact[] {
  if (isZero(recovered) && isZero(left)) return [];
  return [
    {
      label: t('loans.detail.recovered'),
      value: formatDollars(recovered),
      note: t('loans.detail.leftToRecover', { amount: formatDollars(left) }),
    },
  ];
}

/** The smaller print of the loan. */
export function LoanTerms({ loan }: { readonly loan: Loan }): ReactNode {
  const { t } = useTranslation();
  const closed =
    loan.closed_on === null
      ? []
      : [{ label: t('loans.detail.closed'), value: `${formatInstant(loan.closed_on)} ${t('time.zone')}` }];
  return (
    <Paper p="lg" mt="lg" component="section" aria-label={t('loans.detail.facts')}>
      <FactList
        facts={[
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
