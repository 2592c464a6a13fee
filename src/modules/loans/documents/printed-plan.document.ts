import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { weekOf } from '../../../kernel/calendar/payment-week.js';
import { Money } from '../../../kernel/money/money.js';
import { counted } from '../../../kernel/text/sentence.js';
import type { PdfRow } from '../../../platform/pdf/document-layout.js';
import type { PdfColumn } from '../../../platform/pdf/pdf-table.js';
import { printedNumber } from '../../../kernel/money/printed-amount.js';
import { printedDate } from '../../../platform/pdf/printed.js';
import type { ScheduleLine } from '../schedule/schedule-version.js';

export const SCHEDULE_COLUMNS: readonly PdfColumn[] = [
  { heading: 'No.', width: 30, align: 'right' },
  { heading: 'Payment week', width: 146, align: 'left' },
  { heading: 'Due', width: 72, align: 'left' },
  { heading: 'Principal', width: 62, align: 'right' },
  { heading: 'Interest', width: 58, align: 'right' },
  { heading: 'Total due', width: 64, align: 'right' },
  { heading: 'Principal after', width: 72, align: 'right' },
];

/** The totals of a schedule. */
export interface PlanTotals {
  readonly principal: Money;
  readonly interest: Money;
  readonly payable: Money;
  /** Sunday of the first payment week */
  readonly firstWeek: CalendarDate;
  readonly lastDueDate: CalendarDate;
}

export function totalsOf(plan: readonly ScheduleLine[]): PlanTotals {
  const dueDates = plan.map(({ due_date }) => due_date).sort();
  const [first, last] = [dueDates.at(0), dueDates.at(-1)];
  if (first === undefined || last === undefined) throw new RangeError('A schedule has an installment.');
  const principal = Money.sum(plan.map((installment) => Money.of(installment.principal)));
  const interest = Money.sum(plan.map((installment) => Money.of(installment.interest)));
  return {
    principal,
    interest,
    payable: principal.plus(interest),
    firstWeek: weekOf(first).start,
    lastDueDate: last,
  };
}

/** The rows of a schedule, ordered by installment number, and its totals. */
export function scheduleRows(plan: readonly ScheduleLine[]): PdfRow[] {
  const totals = totalsOf(plan);
  let principalLeft = totals.principal;
  const rows = plan.map(({ number, due_date, principal, interest }): PdfRow => {
    const { start, end } = weekOf(due_date);
    principalLeft = principalLeft.minus(Money.of(principal));
    const totalDue = Money.of(principal).plus(Money.of(interest));
    const amounts = [principal, interest, totalDue.toString(), principalLeft.toString()];
    const week = `${printedDate(start)} – ${printedDate(end)}`;
    return { cells: [String(number), week, printedDate(due_date), ...amounts.map(printedNumber)] };
  });
  const sums = [totals.principal, totals.interest, totals.payable].map((sum) =>
    printedNumber(sum.toString()),
  );
  const label = { text: `Total of ${counted(plan.length, 'installment')}`, columns: 3 };
  return [...rows, { cells: ['', '', '', ...sums, ''], label, isTotal: true }];
}
