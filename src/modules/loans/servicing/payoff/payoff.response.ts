import { ApiProperty } from '@nestjs/swagger';
import { MoneyProperty } from '../../../../platform/http/openapi/decimal-property.decorator.js';
import { InterestBasisResponse } from '../../installments/installment.response.js';
import { ChangedLoan } from '../../overview/loan.response.js';
import type { PayoffQuoteView, PayoffView, UndonePayoffView } from './payoff.view.js';

export class PayoffQuoteResponse implements PayoffQuoteView {
  @ApiProperty({ format: 'date', example: '2025-11-19' })
  as_of!: string;

  @MoneyProperty({ example: '250.00', description: 'Posted, neither paid nor written off, and not disputed' })
  unpaid_principal!: string;

  @MoneyProperty({ example: '4.11', description: 'Posted, neither paid nor written off, and not disputed' })
  unpaid_interest!: string;

  @MoneyProperty({
    example: '0.00',
    description: 'Outstanding on disputed balances, which accept no payment: not in the total',
  })
  disputed!: string;

  @MoneyProperty({ example: '1250.00', description: 'Principal of the installments that are not posted yet' })
  unposted_principal!: string;

  @MoneyProperty({
    example: '3.77',
    description: 'Interest on the unposted principal: that of interest_basis plus interest_carried',
  })
  interest!: string;

  @ApiProperty()
  interest_basis!: InterestBasisResponse;

  @MoneyProperty({
    example: '0.00',
    description:
      'The planned interest of unposted installments whose week has begun by as_of, or that were posted before',
  })
  interest_carried!: string;

  @ApiProperty({
    format: 'date',
    example: '2025-11-08',
    description: 'The day through which interest is accrued on as_of',
  })
  accrues_from!: string;

  @MoneyProperty({ example: '0.00', description: "The part of the driver's credit that pays the loan" })
  credit_used!: string;

  @MoneyProperty({
    example: '1507.88',
    description: 'The amount to pay: without disputed amounts, after the credit',
  })
  total!: string;
}

export class PayoffResponse implements PayoffView {
  @ApiProperty()
  dry_run!: boolean;

  @ApiProperty({ description: 'The quote of today, before the payment' })
  quote!: PayoffQuoteResponse;

  @ApiProperty({ type: String, nullable: true, example: 'LP-2025-000042' })
  payment_posting_id!: string | null;

  @ApiProperty()
  loan!: ChangedLoan;
}

export class UndonePayoffResponse implements UndonePayoffView {
  @ApiProperty()
  dry_run!: boolean;

  @ApiProperty({
    type: [String],
    example: ['LP-2025-000043', 'LP-2025-000042'],
    description: 'The postings that were voided',
  })
  voided_posting_ids!: string[];

  @ApiProperty()
  loan!: ChangedLoan;
}
