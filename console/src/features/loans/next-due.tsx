import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, isZero } from '../../shared/format';
import { useBusinessDate } from '../../shared/posting-schedule';

interface DueLoan {
  readonly next_due_date: string | null;
  readonly amount_overdue: string;
}

/** Whether the next due date has passed, and whether an amount is overdue because of it. */
export function dueState(
  { next_due_date: date, amount_overdue: amount }: DueLoan,
  today: string | undefined,
): 'overdue' | 'passed' | undefined {
  if (date === null || today === undefined || date >= today) return undefined;
  // an unposted installment is not overdue: the week of a loan on hold can pass without a posting
  return isZero(amount) ? 'passed' : 'overdue';
}

/** The next due date, with a note if it has passed. */
export function NextDue({ loan }: { readonly loan: DueLoan }): ReactNode {
  const { t } = useTranslation();
  const state = dueState(loan, useBusinessDate());
  if (loan.next_due_date === null) return '—';
  return (
    <>
      {formatDate(loan.next_due_date)}
      {state && (
        <Text span inherit c={state === 'overdue' ? 'var(--console-bad)' : 'dimmed'}>
          {` ${t(`loans.due.${state}`)}`}
        </Text>
      )}
    </>
  );
}
