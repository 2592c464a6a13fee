import { ApiProperty } from '@nestjs/swagger';
import { MoneyProperty } from '../../../platform/http/decimal-property.decorator.js';
import type { PayoffQuote } from '../domain/payoff.js';
import { InterestBasisResponse } from './installment.response.js';
import { LoanDetailResponse } from './loan.response.js';

/** What settles a loan on a day: total = unpaid_principal + unpaid_interest + unposted_principal + interest. */
export class PayoffQuoteResponse {
  @ApiProperty({ format: 'date', example: '2025-11-19' })
  as_of!: string;

  @MoneyProperty({ example: '250.00', description: 'Posted, and neither paid nor written off' })
  unpaid_principal!: string;

  @MoneyProperty({ example: '4.11', description: 'Posted, and neither paid nor written off' })
  unpaid_interest!: string;

  @MoneyProperty({ example: '1250.00', description: 'Of the installments that are not posted yet' })
  unposted_principal!: string;

  @MoneyProperty({ example: '3.77', description: 'On the unposted principal, from accrues_from to as_of' })
  interest!: string;

  @ApiProperty()
  interest_basis!: InterestBasisResponse;

  @ApiProperty({
    format: 'date',
    example: '2025-11-08',
    description: 'Due date of the last posted installment, or the loan date',
  })
  accrues_from!: string;

  @MoneyProperty({ example: '1507.88' })
  total!: string;
}

export class PayoffResponse {
  @ApiProperty()
  dry_run!: boolean;

  @ApiProperty({ description: 'As of today, before the payment' })
  quote!: PayoffQuoteResponse;

  @ApiProperty({ type: String, nullable: true, example: 'LP-2025-000042' })
  payment_posting_id!: string | null;

  @ApiProperty()
  loan!: LoanDetailResponse;
}

export function quoteResponse(quote: PayoffQuote): PayoffQuoteResponse {
  return {
    as_of: quote.asOf,
    unpaid_principal: quote.unpaid.principal.toString(),
    unpaid_interest: quote.unpaid.interest.toString(),
    unposted_principal: quote.unpostedPrincipal.toString(),
    interest: quote.interest.toString(),
    interest_basis: {
      principal: quote.interestBasis.principal.toString(),
      annual_rate: quote.interestBasis.annualRate.toString(),
      days: quote.interestBasis.days,
    },
    accrues_from: quote.accruesFrom,
    total: quote.total.toString(),
  };
}
