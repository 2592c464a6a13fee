import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { LoanPlan } from '../schedule/loan-schedule.js';
import type { LoanTerms } from './loan-terms.js';

/** Terms that keep the rules, with the schedule that they give on the day they were asked for. */
export interface PlannedLoan {
  readonly terms: LoanTerms;
  readonly loanDate: CalendarDate;
  readonly plan: LoanPlan;
}
