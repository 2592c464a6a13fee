import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { toSqlList } from '../../../kernel/codes/labels.js';
import { LOAN_STATUSES } from './loan-status.js';
import type { LoanStatus } from './loan-status.js';

/** Principal lent to one driver under one lease. Amounts are dollars in PostgreSQL's numeric format. */
@Entity('driver_loans')
@ForeignKey('Lease', ['driverId', 'leaseId'], ['driverId', 'id'], { name: 'fk_driver_loans_lease' })
@Unique('uq_driver_loans_loan_id', ['loanId'])
@Unique('uq_driver_loans_loan_number', ['loanNumber'])
@Index('idx_driver_lease', ['driverId', 'leaseId'])
@Index('idx_status', ['status'])
@Index('idx_start_week', ['startWeek'])
@Index('idx_driver_loans_loan_date', ['loanDate', 'id'])
@Index('uq_driver_loans_import_reference', ['importReference'], {
  unique: true,
  where: 'import_reference IS NOT NULL',
})
@Check('ck_driver_loans_amount', 'loan_amount > 0')
@Check('ck_driver_loans_import_reference', 'length(import_reference) BETWEEN 1 AND 50')
@Check('ck_driver_loans_rate', 'interest_rate BETWEEN 0 AND 100')
@Check('ck_driver_loans_purpose', 'length(purpose) <= 255')
@Check(
  'ck_driver_loans_weeks',
  'extract(dow FROM start_week) = 0 AND extract(dow FROM end_week) = 6 AND end_week > start_week',
)
@Check('ck_driver_loans_status', `status IN (${toSqlList(LOAN_STATUSES)})`)
@Check(
  'ck_driver_loans_totals',
  `total_principal_paid >= 0 AND total_interest_paid >= 0 AND written_off >= 0 AND outstanding_balance >= 0
   AND outstanding_balance = CASE WHEN status IN ('DRAFT', 'CANCELLED') THEN 0
     ELSE loan_amount - total_principal_paid - written_off END`,
)
@Check('ck_driver_loans_accrual', 'interest_accrued_through >= loan_date AND waived_interest >= 0')
@Check('ck_driver_loans_recovered', 'recovered >= 0')
@Check('ck_driver_loans_closed', `(status = 'CLOSED') = (closed_on IS NOT NULL)`)
@Check('ck_driver_loans_approved', '(approved_by IS NULL) = (approved_on IS NULL)')
@Check('ck_driver_loans_maker_is_not_checker', 'approved_by <> created_by')
export class DriverLoan {
  @PrimaryGeneratedColumn('identity', {
    type: 'integer',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'pk_driver_loans',
  })
  id!: number;

  /** DL-YYYY-NNNN: year of the start week and loan number */
  @Column({ type: 'text', name: 'loan_id', collation: 'C' })
  loanId!: string;

  @Column('bigint', { name: 'loan_number' })
  loanNumber!: string;

  /** The fleet's own number of an imported loan */
  @Column({ type: 'text', name: 'import_reference', collation: 'C', nullable: true })
  importReference!: string | null;

  @Column('integer', { name: 'driver_id' })
  driverId!: number;

  @Column('integer', { name: 'lease_id' })
  leaseId!: number;

  @Column('numeric', { name: 'loan_amount', precision: 12, scale: 2 })
  loanAmount!: string;

  /** Percent a year */
  @Column('numeric', { name: 'interest_rate', precision: 5, scale: 2 })
  interestRate!: string;

  @Column('text', { nullable: true })
  purpose!: string | null;

  @Column('text', { nullable: true })
  notes!: string | null;

  @Column('date', { name: 'loan_date' })
  loanDate!: CalendarDate;

  /** Sunday of the first payment week */
  @Column('date', { name: 'start_week' })
  startWeek!: CalendarDate;

  /** Saturday of the last installment */
  @Column('date', { name: 'end_week' })
  endWeek!: CalendarDate;

  @Column('text')
  status!: LoanStatus;

  @Column('numeric', { name: 'total_principal_paid', precision: 12, scale: 2, default: 0 })
  totalPrincipalPaid!: string;

  @Column('numeric', { name: 'total_interest_paid', precision: 12, scale: 2, default: 0 })
  totalInterestPaid!: string;

  /** Principal that was written off */
  @Column('numeric', { name: 'written_off', precision: 12, scale: 2, default: 0 })
  writtenOff!: string;

  /** Principal and interest recovered after the write-off. Written by triggers on loan_recoveries and its postings */
  @Column('numeric', { precision: 12, scale: 2, default: 0 })
  recovered!: string;

  /** Principal that is neither paid nor written off; 0 for a DRAFT or CANCELLED loan */
  @Column('numeric', { name: 'outstanding_balance', precision: 12, scale: 2 })
  outstandingBalance!: string;

  /** The day through which all interest is planned, posted or waived (docs/domain.md, "Accrual") */
  @Column('date', { name: 'interest_accrued_through' })
  interestAccruedThrough!: CalendarDate;

  /** The sum of loan_interest_waivers */
  @Column('numeric', { name: 'waived_interest', precision: 12, scale: 2, default: 0 })
  waivedInterest!: string;

  @Column('integer', { name: 'approved_by', nullable: true })
  @ForeignKey('User', { name: 'fk_driver_loans_approved_by' })
  approvedBy!: number | null;

  @Column('timestamptz', { name: 'approved_on', nullable: true })
  approvedOn!: Date | null;

  @Column('timestamptz', { name: 'closed_on', nullable: true })
  closedOn!: Date | null;

  @Column('text', { name: 'closure_reason', nullable: true })
  closureReason!: string | null;

  @Column('integer', { name: 'created_by', nullable: true })
  @ForeignKey('User', { name: 'fk_driver_loans_created_by' })
  createdBy!: number | null;

  @Column('timestamptz', { name: 'created_on' })
  createdOn!: Date;

  @Column('timestamptz', { name: 'updated_on' })
  updatedOn!: Date;
}
