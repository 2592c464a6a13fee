import { dateAt } from '../../../kernel/calendar/calendar-date.js';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { weekOf } from '../../../kernel/calendar/payment-week.js';
import { Money } from '../../../kernel/money/money.js';
import { counted } from '../../../kernel/text/sentence.js';
import { printedDollars } from '../../../kernel/money/printed-amount.js';
import { printedDate } from '../../../platform/pdf/printed.js';
import type { ScheduleVersion } from '../schedule/schedule-version.js';
import type { PdfDocument } from '../../../platform/pdf/pdf-document.js';

import type { AgreementContext } from './loan-agreement.document.js';
import { addSignatures, borrowerOf, loanDocument, partiesOf } from './loan-agreement.document.js';
import { SCHEDULE_COLUMNS, scheduleRows, totalsOf } from './printed-plan.document.js';
import type { LoanDetailView } from '../overview/loan.view.js';

/** The reasons of a new schedule, as sentences for the people who sign. */
const CHANGE_SENTENCES: Readonly<Record<Exclude<ScheduleVersion['change'], 'CREATED' | 'APPROVED'>, string>> =
  {
    RESUMED: 'The loan was held. The installments that were not charged by then move to consecutive weeks.',
    PAID_OFF: 'The loan is paid off at once. One installment replaces those that were not charged by then.',
    PAYOFF_UNDONE: 'The payoff of the loan is undone. The schedule before it applies again.',
    REPLANNED: 'The installments that were not charged by then are planned again.',
  };

/** The amendment to print and sign: a later version of a loan's schedule, and what it changes. */
export function loanAmendment(
  loan: LoanDetailView,
  version: ScheduleVersion,
  previous: ScheduleVersion,
  context: AgreementContext,
): PdfDocument {
  const document = loanDocument('Amendment', loan, context);
  const { installments } = version;
  const totals = totalsOf(installments);
  const from = printedDate(firstChangedWeek(version, previous));
  document.facts([
    partiesOf(loan, context),
    [
      ['Principal lent', printedDollars(loan.loan_amount)],
      ['Principal still owed', printedDollars(version.outstanding_principal)],
      ['Interest waived', printedDollars(version.waived_interest)],
      ['Total interest', printedDollars(totals.interest.toString())],
    ],
    [
      ['Date', printedDate(dateAt(version.made_at, context.timeZone))],
      ['Changes from the week of', from],
      ['Last installment due', printedDate(totals.lastDueDate)],
      ['Version', `${version.version} of the schedule`],
    ],
    [['Reason', version.reason]],
  ]);
  document.heading('Terms');
  document.numbered(amendmentTerms(loan, version, from, context));
  document.heading('Repayment schedule');
  document.table(SCHEDULE_COLUMNS, scheduleRows(installments));
  if (loan.status !== 'CANCELLED') {
    addSignatures(
      document,
      loan,
      context,
      `${context.fleet} and ${borrowerOf(loan)} (TLC license ${loan.driver.tlc_license_number}) agree that loan ` +
        `${loan.loan_id} is repaid in ${counted(installments.length, 'installment')} of ${printedDollars(totals.payable.toString())} ` +
        'in total, by the schedule above.',
    );
  }
  return document;
}

function amendmentTerms(
  loan: LoanDetailView,
  { version, change, waived_interest, outstanding_principal }: ScheduleVersion,
  from: string,
  { fleet }: AgreementContext,
): string[] {
  const waived = Money.of(waived_interest);
  return [
    `${fleet} lent ${borrowerOf(loan)} ${printedDollars(loan.loan_amount)} on ${printedDate(loan.loan_date)} as loan ${loan.loan_id}. This is version ${version} of its repayment schedule; it replaces version ${version - 1} from the payment week of ${from} on.`,
    ...(change === 'CREATED' || change === 'APPROVED' ? [] : [CHANGE_SENTENCES[change]]),
    ...(waived.isPositive()
      ? [`The lender waives interest of ${printedDollars(waived_interest)}. It is not asked for again.`]
      : []),
    `When the schedule was changed, the borrower still owed ${printedDollars(outstanding_principal)} of the principal.`,
    'All other terms of the loan agreement remain unchanged.',
  ];
}

/** Sunday of the first week in which the versions differ: an installment was moved, changed, added or removed. */
function firstChangedWeek(version: ScheduleVersion, previous: ScheduleVersion): CalendarDate {
  const linesOf = (of: ScheduleVersion) => of.installments.map((installment) => JSON.stringify(installment));
  const [currentLines, previousLines] = [new Set(linesOf(version)), new Set(linesOf(previous))];
  const changed = version.installments.filter(
    (installment) => !previousLines.has(JSON.stringify(installment)),
  );
  const removed = previous.installments.filter(
    (installment) => !currentLines.has(JSON.stringify(installment)),
  );
  const [first] = (changed.length > 0 ? changed : removed).map(({ due_date }) => due_date).sort();
  if (first === undefined) throw new RangeError(`version ${version.version} changes nothing`);
  return weekOf(first).start;
}
