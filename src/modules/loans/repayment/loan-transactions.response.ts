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

  @ApiProperty({
    enum: OBLIGATION_EVENT_KINDS,
    description: 'A void reverses the posting in reverses_posting_id',
  })
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

  @ApiProperty({
    example: 'WEEKLY_EARNINGS',
    description: 'The source of the DEBIT or CREDIT, also for its void',
  })
  source_type!: string;

  @ApiProperty({ example: 'EARN-2025-11-02-1' })
  source_id!: string;

  @ApiProperty({
    enum: ['HIERARCHY', 'TARGETED'],
    nullable: true,
    description: 'Null for a charge or recovery',
  })
  allocation_type!: 'HIERARCHY' | 'TARGETED' | null;

  @ApiProperty({ type: String, nullable: true, description: 'The posting that voided this one later' })
  voided_by_posting_id!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The posting that this one reverses' })
  reverses_posting_id!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'User id; null for the system' })
  by!: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'The reason of a void' })
  reason!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The description of the posting' })
  description!: string | null;

  @SignedMoneyProperty({
    example: '-54.11',
    description: 'The change of the amount owed; 0.00 for a recovery, because the amount is written off',
  })
  amount!: string;

  @SignedMoneyProperty({
    example: '0.00',
    description: 'The change of the amount recovered; 0.00 unless it is a recovery',
  })
  recovered!: string;

  @MoneyProperty({ example: '200.00', description: 'The posted and unpaid amount of the loan after it' })
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

  @MoneyProperty({ example: '200.00', description: 'Charged less settled: the posted and unpaid amount now' })
  balance!: string;

  @ApiProperty({ type: [BalanceResponse], description: 'The current balances of the posted installments' })
  balances!: BalanceResponse[];
}
