import { ApiProperty } from '@nestjs/swagger';
import {
  MoneyProperty,
  SignedMoneyProperty,
} from '../../../platform/http/openapi/decimal-property.decorator.js';
import { pageOf } from '../../../platform/http/openapi/page.response.js';
import type { ObligationEvent } from '../../ledger/index.js';
import { BalanceResponse, OBLIGATION_EVENT_KINDS } from '../../ledger/index.js';
import type { LoanTransactionItemView, LoanTransactionsView } from './repayment.view.js';

class LoanTransactionItem implements LoanTransactionItemView {
  @ApiProperty({ format: 'date-time', type: String })
  at!: Date;

  @ApiProperty({ enum: OBLIGATION_EVENT_KINDS, description: 'A void reverses what reverses_posting_id did' })
  kind!: ObligationEvent['kind'];

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'DL-2025-0001-INST-01',
    description: 'Null for a recovery',
  })
  installment_id!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, example: 1, description: 'Null for a recovery' })
  installment_number!: number | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'LB-2025-000042',
    description: 'Null for a recovery',
  })
  balance_id!: string | null;

  @ApiProperty({ example: 'LP-2025-000043', description: 'The DEBIT, the CREDIT, or the reversal of either' })
  posting_id!: string;

  @ApiProperty({ example: 'WEEKLY_EARNINGS', description: 'Of the DEBIT or CREDIT, also where it is voided' })
  source_type!: string;

  @ApiProperty({ example: 'EARN-2025-11-02-1' })
  source_id!: string;

  @ApiProperty({
    enum: ['HIERARCHY', 'TARGETED'],
    nullable: true,
    description: 'Null for a charge or recovery',
  })
  allocation_type!: 'HIERARCHY' | 'TARGETED' | null;

  @ApiProperty({ type: String, nullable: true, description: 'By which this was taken back later' })
  voided_by_posting_id!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'What this reverses' })
  reverses_posting_id!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'User; null for the system itself' })
  by!: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'Of a void' })
  reason!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Of the posting' })
  description!: string | null;

  @SignedMoneyProperty({
    example: '-54.11',
    description: 'What it adds to the debt, or takes from it; 0.00 for a recovery, whose debt is written off',
  })
  amount!: string;

  @SignedMoneyProperty({
    example: '0.00',
    description: 'What it adds to the money recovered, or takes from it; 0.00 but for a recovery',
  })
  recovered!: string;

  @MoneyProperty({ example: '200.00', description: 'What of the loan is posted and unpaid after it' })
  balance!: string;
}

export class LoanTransactionsResponse
  extends pageOf(LoanTransactionItem, 'LoanTransactions')
  implements LoanTransactionsView
{
  @MoneyProperty({ example: '254.11', description: 'Posted and not voided, over all pages' })
  total_charged!: string;

  @MoneyProperty({ example: '54.11', description: 'Paid or written off and not voided, over all pages' })
  total_settled!: string;

  @MoneyProperty({
    example: '0.00',
    description: 'Recovered after a write-off and not voided, over all pages',
  })
  total_recovered!: string;

  @MoneyProperty({ example: '200.00', description: 'Charged less settled: what is posted and unpaid now' })
  balance!: string;

  @ApiProperty({ type: [BalanceResponse], description: 'Of the posted installments, as they stand now' })
  balances!: BalanceResponse[];
}
