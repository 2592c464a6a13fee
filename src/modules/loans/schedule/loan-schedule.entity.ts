import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';

/**
 * One installment of a loan: principal and interest of a payment week, and how far it is posted and paid.
 * DUE is not stored: it means SCHEDULED after the week has begun.
 */
@Entity('loan_schedules')
@Unique('uq_loan_schedules_installment_id', ['installmentId'])
@Index('idx_loan_installment', ['loanId', 'installmentNumber'], { unique: true })
@Index('idx_due_date', ['dueDate'])
@Index('idx_due_date_status', { synchronize: false })
@Index('idx_posted_status', { synchronize: false })
@Check('ck_loan_schedules_number', 'installment_number > 0')
@Check(
  'ck_loan_schedules_week',
  `extract(dow FROM week_start) = 0 AND week_end = week_start + 6
   AND due_date BETWEEN week_start AND week_end`,
)
@Check(
  'ck_loan_schedules_amounts',
  `principal_amount >= 0 AND interest_amount >= 0 AND total_due > 0
   AND total_due = principal_amount + interest_amount`,
)
@Check(
  'ck_loan_schedules_paid',
  `principal_paid >= 0 AND interest_paid >= 0
   AND principal_paid + principal_written_off <= principal_amount
   AND interest_paid + interest_written_off <= interest_amount
   AND outstanding_balance = CASE status WHEN 'SKIPPED' THEN 0
     ELSE total_due - principal_paid - interest_paid - principal_written_off - interest_written_off END
   AND (principal_paid = 0 OR interest_paid = interest_amount)`,
)
@Check(
  'ck_loan_schedules_written_off',
  `principal_written_off >= 0 AND interest_written_off >= 0
   AND CASE status WHEN 'SCHEDULED' THEN principal_written_off = 0 AND interest_written_off = 0
                   WHEN 'SKIPPED' THEN principal_written_off IN (0, principal_amount) AND interest_written_off = 0
                   ELSE true END`,
)
@Check(
  'ck_loan_schedules_interest',
  `interest_principal >= 0 AND interest_rate BETWEEN 0 AND 100 AND interest_from <= interest_to
   AND interest_carried >= 0
   AND interest_amount = interest_carried
     + round(interest_principal * interest_rate * (interest_to - interest_from) / 36500, 2)`,
)
@Check(
  'ck_loan_schedules_posted',
  'posted_to_ledger = (ledger_balance_id IS NOT NULL) AND posted_to_ledger = (posted_on IS NOT NULL)',
)
@Check(
  'ck_loan_schedules_status',
  `CASE status WHEN 'SCHEDULED' THEN NOT posted_to_ledger
               WHEN 'SKIPPED' THEN NOT posted_to_ledger
               WHEN 'POSTED' THEN posted_to_ledger AND outstanding_balance > 0
               WHEN 'PAID' THEN posted_to_ledger AND outstanding_balance = 0
               ELSE false END`,
)
export class LoanSchedule {
  @PrimaryColumn('bigint', {
    default: () => "next_number('loan_schedules_id_seq')",
    primaryKeyConstraintName: 'pk_loan_schedules',
  })
  id!: string;

  /** DL-YYYY-NNNN-INST-NN */
  @Column({ type: 'text', name: 'installment_id', collation: 'C' })
  installmentId!: string;

  @Column({ type: 'text', name: 'loan_id', collation: 'C' })
  @ForeignKey('DriverLoan', 'loanId', { name: 'fk_loan_schedules_loan' })
  loanId!: string;

  @Column('integer', { name: 'installment_number' })
  installmentNumber!: number;

  @Column('date', { name: 'due_date' })
  dueDate!: CalendarDate;

  @Column('date', { name: 'week_start' })
  weekStart!: CalendarDate;

  @Column('date', { name: 'week_end' })
  weekEnd!: CalendarDate;

  @Column('numeric', { name: 'principal_amount', precision: 12, scale: 2 })
  principalAmount!: string;

  @Column('numeric', { name: 'interest_amount', precision: 12, scale: 2 })
  interestAmount!: string;

  @Column('numeric', { name: 'total_due', precision: 12, scale: 2 })
  totalDue!: string;

  @Column('numeric', { name: 'principal_paid', precision: 12, scale: 2, default: 0 })
  principalPaid!: string;

  @Column('numeric', { name: 'interest_paid', precision: 12, scale: 2, default: 0 })
  interestPaid!: string;

  /** Written off, and not collected. If the write-off of the loan skipped the installment: all its principal */
  @Column('numeric', { name: 'principal_written_off', precision: 12, scale: 2, default: 0 })
  principalWrittenOff!: string;

  @Column('numeric', { name: 'interest_written_off', precision: 12, scale: 2, default: 0 })
  interestWrittenOff!: string;

  /** Neither paid nor written off; 0 for a SKIPPED installment */
  @Column('numeric', { name: 'outstanding_balance', precision: 12, scale: 2 })
  outstandingBalance!: string;

  /** The inputs of the interest: principal, rate and period */
  @Column('numeric', { name: 'interest_principal', precision: 12, scale: 2 })
  interestPrincipal!: string;

  @Column('numeric', { name: 'interest_rate', precision: 5, scale: 2 })
  interestRate!: string;

  /** The period begins after this day. Interest is settled through this day */
  @Column('date', { name: 'interest_from' })
  interestFrom!: CalendarDate;

  @Column('date', { name: 'interest_to' })
  interestTo!: CalendarDate;

  /** The part of the interest that is carried over from the installments that this one replaced */
  @Column('numeric', { name: 'interest_carried', precision: 12, scale: 2, default: 0 })
  interestCarried!: string;

  @Column('text')
  status!: 'SCHEDULED' | 'POSTED' | 'PAID' | 'SKIPPED';

  @Column('boolean', { name: 'posted_to_ledger', default: false })
  postedToLedger!: boolean;

  /** A trigger checks that the balance exists */
  @Column({ type: 'text', name: 'ledger_balance_id', nullable: true, collation: 'C' })
  ledgerBalanceId!: string | null;

  @Column('timestamptz', { name: 'posted_on', nullable: true })
  postedOn!: Date | null;

  @Column('integer', { name: 'posted_by', nullable: true })
  @ForeignKey('User', { name: 'fk_loan_schedules_posted_by' })
  postedBy!: number | null;

  @Column('timestamptz', { name: 'created_on' })
  createdOn!: Date;

  @Column('timestamptz', { name: 'updated_on' })
  updatedOn!: Date;
}
