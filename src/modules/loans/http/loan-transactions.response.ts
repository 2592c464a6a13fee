import { ApiProperty } from '@nestjs/swagger';
import { MoneyProperty, SignedMoneyProperty } from '../../../platform/http/decimal-property.decorator.js';
import { pageOf } from '../../../platform/http/page.response.js';
import type { DebtEvent } from '../../ledger/index.js';
import { BalanceResponse } from '../../ledger/index.js';
import { WRITE_OFF_SOURCE } from '../domain/ledger-source.js';

const KINDS = ['CHARGE', 'PAYMENT', 'WRITE_OFF', 'CHARGE_VOID', 'PAYMENT_VOID', 'WRITE_OFF_VOID'] as const;

type TransactionKind = (typeof KINDS)[number];

/** Something in the ledger that raised or lowered what one installment owes. */
export class LoanTransactionItem {
  @ApiProperty({ format: 'date-time', type: String })
  at!: Date;

  @ApiProperty({ enum: KINDS, description: 'A void takes back what reverses_posting_id did' })
  kind!: TransactionKind;

  @ApiProperty({ example: 'DL-2025-0001-INST-01' })
  installment_id!: string;

  @ApiProperty({ type: 'integer', example: 1 })
  installment_number!: number;

  @ApiProperty({ example: 'LB-2025-000042' })
  balance_id!: string;

  @ApiProperty({ example: 'LP-2025-000043', description: 'The DEBIT, the CREDIT, or the reversal of either' })
  posting_id!: string;

  @ApiProperty({ example: 'WEEKLY_EARNINGS', description: 'Of the DEBIT or CREDIT, also where it is voided' })
  source_type!: string;

  @ApiProperty({ example: 'EARN-2025-11-02-1' })
  source_id!: string;

  @ApiProperty({ enum: ['HIERARCHY', 'TARGETED'], nullable: true, description: 'Null for a charge' })
  allocation_type!: 'HIERARCHY' | 'TARGETED' | null;

  @ApiProperty({ type: String, nullable: true, description: 'By which this was taken back later' })
  voided_by_posting_id!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'What this takes back' })
  reverses_posting_id!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'User; null for the system itself' })
  by!: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'Of a void' })
  reason!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Of the posting' })
  description!: string | null;

  @SignedMoneyProperty({ example: '-54.11', description: 'What it adds to the debt, or takes from it' })
  amount!: string;

  @MoneyProperty({ example: '200.00', description: 'What of the loan is posted and unpaid after it' })
  balance!: string;
}

/** What became of a loan in the ledger. */
export class LoanTransactionsResponse extends pageOf(LoanTransactionItem, 'LoanTransactions') {
  @MoneyProperty({ example: '254.11', description: 'Posted and not voided, over all pages' })
  total_charged!: string;

  @MoneyProperty({ example: '54.11', description: 'Paid or written off and not voided, over all pages' })
  total_settled!: string;

  @MoneyProperty({ example: '200.00', description: 'Charged less settled: what is posted and unpaid now' })
  balance!: string;

  @ApiProperty({ type: [BalanceResponse], description: 'Of the posted installments, as they stand now' })
  balances!: BalanceResponse[];
}

/** For the ledger a write-off is a payment like any other: the loans alone know its source. */
export function transactionOf(
  { kind, reference_id, ...event }: DebtEvent,
  installmentNumber: number,
): LoanTransactionItem {
  const isWriteOff = event.source_type === WRITE_OFF_SOURCE;
  return {
    ...event,
    kind: isWriteOff ? (kind === 'PAYMENT' ? 'WRITE_OFF' : 'WRITE_OFF_VOID') : kind,
    installment_id: reference_id,
    installment_number: installmentNumber,
  };
}
