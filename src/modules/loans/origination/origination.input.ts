import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { Money } from '../../../kernel/money/money.js';
import type { Percentage } from '../../../kernel/money/percentage.js';

export interface ApproveLoanInput {
  readonly reason?: string;
  readonly start_week?: CalendarDate;
  readonly dry_run?: boolean;
}

/** Not a preview with more asked for: class-validator would take the ids for optional here as well. */
export interface CreateLoanInput extends LoanTermsInput {
  readonly driver_id: number;
  readonly lease_id: number;
}

/** What a preview and a creation have in common: how much is lent, on which terms. */
export interface LoanTermsInput {
  readonly loan_amount: Money;
  readonly interest_rate?: Percentage;
  readonly start_week: CalendarDate;
  readonly purpose?: string | null;
  readonly notes?: string | null;
}

/** The body of a creation, of which a preview needs only the terms; a borrower that is named is checked too. */
export interface PreviewLoanInput extends LoanTermsInput {
  readonly driver_id?: number;
  readonly lease_id?: number;
}

/** Null clears a field; a field that is left out stays. */
export interface UpdateLoanInput {
  readonly purpose?: string | null;
  readonly notes?: string | null;
}
