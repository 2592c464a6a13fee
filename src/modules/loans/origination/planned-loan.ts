import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { LoanPlan } from '../schedule/loan-schedule.js';
import type { LoanTerms } from './loan-terms.js';

/** Checked terms, with their schedule if the loan is created on `loanDate`. */
export interface PlannedLoan {
  readonly terms: LoanTerms;
  readonly loanDate: CalendarDate;
  readonly plan: LoanPlan;
}
