import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';

/** What gives a loan a new version of its schedule; the first one is made when it becomes ACTIVE. */
export const SCHEDULE_ACTS = [
  'CREATED',
  'APPROVED',
  'RESUMED',
  'PAID_OFF',
  'PAYOFF_UNDONE',
  'REPLANNED',
] as const;

export type ScheduleAct = (typeof SCHEDULE_ACTS)[number];

/** One installment of a version, as it is stored. Amounts are dollars. */
export interface ScheduleLine {
  readonly number: number;
  readonly due_date: CalendarDate;
  readonly principal: string;
  readonly interest: string;
}

/** A schedule that a loan has or had. Amounts are dollars. */
export interface ScheduleVersion {
  readonly version: number;
  readonly act: ScheduleAct;
  readonly reason: string;
  readonly made_by: number | null;
  readonly made_at: Date;
  /** Principal that was neither paid nor written off then */
  readonly outstanding_principal: string;
  /** Waived by the act that made the version */
  readonly waived_interest: string;
  /** In the order of their numbers */
  readonly installments: readonly ScheduleLine[];
}
