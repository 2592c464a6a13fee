import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, isZero } from '../../shared/format';
import { useBusinessDate } from '../../shared/use-business-date';

interface DueLoan {
  readonly next_due_date: string | null;
  readonly status: string;
  /** Lists do not have it */
  readonly amount_overdue?: string;
}

/** The first date on which something unpaid falls due; where the date has passed, it says so. */
export function NextDue({ loan }: { readonly loan: DueLoan }): ReactNode {
  const { t } = useTranslation();
  const today = useBusinessDate();
  const { next_due_date: date } = loan;
  if (date === null) return '—';
  if (today === undefined || date >= today) return formatDate(date);
  return (
    <>
      {formatDate(date)}{' '}
      <Text span inherit c="var(--console-bad)">
        {t(isOverdue(loan) ? 'loans.isOverdue' : 'loans.passed')}
      </Text>
    </>
  );
}

/** What is not posted is not overdue: the week of a loan on hold may pass without it. */
const isOverdue = ({ status, amount_overdue: amount }: DueLoan): boolean =>
  amount === undefined ? status === 'ACTIVE' : !isZero(amount);
