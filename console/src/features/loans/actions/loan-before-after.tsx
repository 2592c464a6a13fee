import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../../api/client';
import { formatDate, formatDollars } from '../../../shared/format';
import { BeforeAfter } from '../../../shared/forms/preview';
import { Status } from '../../../shared/values/status';
import { NextDue } from '../next-due';
import type { Loan } from '../loan';

/** The loan now and after an action. */
export function LoanBeforeAfter({
  before,
  after,
}: {
  readonly before: Loan;
  readonly after: Schemas['ChangedLoan'];
}): ReactNode {
  const { t } = useTranslation();
  const line = (label: string, of: (loan: Schemas['ChangedLoan']) => ReactNode) => ({
    label,
    before: of(before),
    after: of(after),
  });
  return (
    <BeforeAfter
      lines={[
        line(t('loans.actions.becomes'), ({ status }) => <Status of={status} />),
        line(t('loans.actions.outstanding'), (loan) => formatDollars(loan.outstanding_balance)),
        line(t('loans.actions.interest'), (loan) => formatDollars(loan.total_interest)),
        ...(before.waived_interest === after.waived_interest
          ? []
          : [line(t('loans.actions.waived'), (loan) => formatDollars(loan.waived_interest))]),
        line(t('loans.actions.nextDue'), (loan) => <NextDue loan={loan} />),
        line(t('loans.actions.lastDue'), (loan) => formatDate(loan.end_week)),
      ]}
    />
  );
}
