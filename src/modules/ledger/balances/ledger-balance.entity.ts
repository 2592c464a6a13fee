import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { toSqlList } from '../../../kernel/codes/labels.js';
import { CATEGORIES } from '../account/category.js';
import type { Category } from '../account/category.js';
import type { BalanceStatus } from './balance-status.js';

/** The balance of the obligation that a DEBIT created. Allocations lower it; its terms never change. */
@Entity('ledger_balances')
@Unique('uq_ledger_balances_balance_id', ['balanceId'])
@Index('idx_ledger_balances_open', ['driverId', 'leaseId', 'category', 'dueDate'], {
  where: "status = 'OPEN'",
})
@Index('idx_ledger_balances_driver_lease', ['driverId', 'leaseId'])
@Index('idx_ledger_balances_due_date', ['dueDate', 'postingId'])
@Index('idx_ledger_balances_reference', ['referenceId'])
@Check('ck_ledger_balances_category', `category IN (${toSqlList(CATEGORIES)})`)
@Check(
  'ck_ledger_balances_amounts',
  `original_amount > 0 AND payment_applied >= 0 AND outstanding_balance >= 0
   AND outstanding_balance = CASE status WHEN 'VOIDED' THEN 0 ELSE original_amount - payment_applied END`,
)
@Check(
  'ck_ledger_balances_status',
  `CASE status WHEN 'OPEN' THEN outstanding_balance > 0
               WHEN 'DISPUTED' THEN outstanding_balance > 0
               WHEN 'CLOSED' THEN outstanding_balance = 0
               WHEN 'VOIDED' THEN payment_applied = 0
               ELSE false END`,
)
export class LedgerBalance {
  /** The DEBIT that created it. A trigger checks that driver and lease are those of the posting too */
  @PrimaryColumn('bigint', { name: 'posting_id', primaryKeyConstraintName: 'pk_ledger_balances' })
  postingId!: string;

  @Column({ type: 'text', name: 'balance_id', collation: 'C' })
  balanceId!: string;

  @Column('integer', { name: 'driver_id' })
  driverId!: number;

  @Column('integer', { name: 'lease_id' })
  leaseId!: number;

  @Column('text')
  category!: Category;

  @Column({ type: 'text', name: 'reference_type', collation: 'C' })
  referenceType!: string;

  @Column({ type: 'text', name: 'reference_id', collation: 'C' })
  referenceId!: string;

  @Column('numeric', { name: 'original_amount', precision: 12, scale: 2 })
  originalAmount!: string;

  @Column('numeric', { name: 'payment_applied', precision: 12, scale: 2, default: 0 })
  paymentApplied!: string;

  @Column('numeric', { name: 'outstanding_balance', precision: 12, scale: 2 })
  outstandingBalance!: string;

  @Column('date', { name: 'payment_period_start' })
  paymentPeriodStart!: string;

  @Column('date', { name: 'payment_period_end' })
  paymentPeriodEnd!: string;

  @Column('date', { name: 'due_date' })
  dueDate!: string;

  @Column('text')
  status!: BalanceStatus;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('timestamptz', { name: 'created_on' })
  createdOn!: Date;

  @Column('timestamptz', { name: 'updated_on' })
  updatedOn!: Date;
}
