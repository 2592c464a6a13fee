import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';

/** The changes that create a new version of a schedule. The first version is created when the loan becomes ACTIVE. */
export const SCHEDULE_CHANGE_KINDS = [
  'CREATED',
  'APPROVED',
  'RESUMED',
  'PAID_OFF',
  'PAYOFF_UNDONE',
  'REPLANNED',
] as const;

export type ScheduleChangeKind = (typeof SCHEDULE_CHANGE_KINDS)[number];

/** One installment of a stored version. Amounts are dollars. */
export interface ScheduleLine {
  readonly number: number;
  readonly due_date: CalendarDate;
  readonly principal: string;
  readonly interest: string;
}

/** A current or former schedule of a loan. Amounts are dollars. */
export interface ScheduleVersion {
  readonly version: number;
  readonly change: ScheduleChangeKind;
  readonly reason: string;
  readonly made_by: number | null;
  readonly made_at: Date;
  /** Principal that was neither paid nor written off at that time */
  readonly outstanding_principal: string;
  /** Waived by the change that created the version */
  readonly waived_interest: string;
  /** Ordered by number */
  readonly installments: readonly ScheduleLine[];
}
