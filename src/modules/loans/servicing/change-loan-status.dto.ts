import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import {
  CodeField,
  DateField,
  DryRunField,
  FlagField,
  TextField,
} from '../../../platform/http/dto/fields.js';
import { LOAN_STATUSES } from '../loan/loan-status.js';
import type { LoanStatus } from '../loan/loan-status.js';
import type { ChangeLoanStatusInput } from './servicing.input.js';

export class ChangeLoanStatusDto implements ChangeLoanStatusInput {
  @CodeField(LOAN_STATUSES, { example: 'ON_HOLD' })
  status!: LoanStatus;

  @TextField({ maxLength: 255, example: 'Driver is in hospital' })
  reason!: string;

  @DateField({
    optional: true,
    description:
      'Resume only: the Sunday on which repayment continues. Default: the next payment week, but not before the first unposted installment',
  })
  resume_week?: CalendarDate;

  @FlagField({
    optional: true,
    default: false,
    description: 'Resume only: waive the interest of the time on hold',
  })
  waive_interest?: boolean;

  @DryRunField()
  dry_run?: boolean;
}
