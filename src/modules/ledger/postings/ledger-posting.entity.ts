import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { toSqlList } from '../../../kernel/codes/labels.js';
import { CATEGORIES } from '../account/category.js';
import type { Category } from '../account/category.js';
import { PAYMENT_METHODS, POSTING_KINDS, POSTING_STATUSES } from './posting-kind.js';
import type { PaymentMethod, PostingKind, PostingStatus } from './posting-kind.js';

/**
 * One immutable line of the ledger. A DEBIT is owed, a CREDIT pays, and `kind` says what it is exactly. Triggers reject
 * every change except the one from POSTED to VOIDED.
 */
@Entity('ledger_postings')
@ForeignKey('Lease', ['driverId', 'leaseId'], ['driverId', 'id'], { name: 'fk_ledger_postings_lease' })
@Unique('uq_ledger_postings_posting_id', ['postingId'])
@Index('uq_ledger_postings_standing_source', ['sourceType', 'sourceId'], {
  unique: true,
  where: "status = 'POSTED'",
})
@Index('idx_ledger_postings_driver_lease', ['driverId', 'leaseId', 'paymentPeriodStart'])
@Index('idx_ledger_postings_period', { synchronize: false })
@Index('idx_ledger_postings_posted_at', ['postedAt', 'id'])
@Index('idx_ledger_postings_received_money', ['postedAt', 'id'], { where: "kind IN ('PAYMENT', 'RECOVERY')" })
@Index('idx_ledger_postings_received_on', ['receivedOn'], { where: 'received_on IS NOT NULL' })
@Check('ck_ledger_postings_type', `posting_type IN ('DEBIT', 'CREDIT')`)
@Check('ck_ledger_postings_category', `category IN (${toSqlList(CATEGORIES)})`)
@Check('ck_ledger_postings_amount', 'amount > 0')
@Check('ck_ledger_postings_status', `status IN (${toSqlList(POSTING_STATUSES)})`)
@Check(
  'ck_ledger_postings_period',
  'extract(dow FROM payment_period_start) = 0 AND payment_period_end = payment_period_start + 6',
)
@Check(
  'ck_ledger_postings_void',
  `(status = 'VOIDED') = (voided_at IS NOT NULL)
   AND (status = 'VOIDED') = (voided_by_posting_id IS NOT NULL)
   AND (status = 'VOIDED') = (void_reason IS NOT NULL)`,
)
@Check(
  'ck_ledger_postings_reversal',
  `CASE WHEN source_type = 'VOID'
        THEN status = 'POSTED' AND coalesce(reverses_posting_id = source_id, false)
        ELSE reverses_posting_id IS NULL END`,
)
@Check('ck_ledger_postings_kind', `kind IN (${toSqlList(POSTING_KINDS)})`)
@Check('ck_ledger_postings_payment_method', `payment_method IN (${toSqlList(PAYMENT_METHODS)})`)
@Check(
  'ck_ledger_postings_money',
  `kind IN ('PAYMENT', 'RECOVERY', 'REFUND') OR (payment_method IS NULL AND received_on IS NULL)`,
)
export class LedgerPosting {
  @PrimaryColumn('bigint', {
    default: () => "next_number('ledger_postings_id_seq')",
    primaryKeyConstraintName: 'pk_ledger_postings',
  })
  id!: string;

  @Column({ type: 'text', name: 'posting_id', collation: 'C' })
  postingId!: string;

  @Column('integer', { name: 'driver_id' })
  driverId!: number;

  @Column('integer', { name: 'lease_id' })
  leaseId!: number;

  @Column('text', { name: 'posting_type' })
  postingType!: 'DEBIT' | 'CREDIT';

  // The expression is blank because TypeORM compares a real one with the text that it stores under the database name,
  // and
  // a copied or restored database has another name
  @Column({ type: 'text', generatedType: 'STORED', asExpression: ' ' })
  kind!: PostingKind;

  @Column('text')
  category!: Category;

  @Column('numeric', { precision: 12, scale: 2 })
  amount!: string;

  /** With `sourceId`: what was posted. Unique among postings that are not voided. */
  @Column({ type: 'text', name: 'source_type', collation: 'C' })
  sourceType!: string;

  @Column({ type: 'text', name: 'source_id', collation: 'C' })
  sourceId!: string;

  @Column('date', { name: 'payment_period_start' })
  paymentPeriodStart!: string;

  @Column('date', { name: 'payment_period_end' })
  paymentPeriodEnd!: CalendarDate;

  @Column('text')
  status!: PostingStatus;

  @Column('timestamptz', { name: 'posted_at' })
  postedAt!: Date;

  /** Null for the system */
  @Column('integer', { name: 'posted_by', nullable: true })
  @ForeignKey('User', { name: 'fk_ledger_postings_posted_by' })
  postedBy!: number | null;

  @Column({ type: 'text', name: 'reverses_posting_id', nullable: true, collation: 'C' })
  @ForeignKey('LedgerPosting', 'postingId', { name: 'fk_ledger_postings_reverses' })
  reversesPostingId!: string | null;

  @Column({ type: 'text', name: 'voided_by_posting_id', nullable: true, collation: 'C' })
  @ForeignKey('LedgerPosting', 'postingId', { name: 'fk_ledger_postings_voided_by' })
  voidedByPostingId!: string | null;

  @Column('timestamptz', { name: 'voided_at', nullable: true })
  voidedAt!: Date | null;

  @Column('text', { name: 'void_reason', nullable: true })
  voidReason!: string | null;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('text', { nullable: true })
  notes!: string | null;

  /** Of a payment, recovery or refund; null if recorded before this column existed */
  @Column('text', { name: 'payment_method', nullable: true })
  paymentMethod!: PaymentMethod | null;

  /** The day on which the money was received; null if recorded before this column existed */
  @Column('date', { name: 'received_on', nullable: true })
  receivedOn!: string | null;

  /** SHA-256 over the columns that never change; written by a trigger */
  @Column('bytea', { name: 'row_hash' })
  rowHash!: Buffer;
}
