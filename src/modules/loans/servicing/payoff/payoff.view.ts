import type { LoanAfterChangeView } from '../../overview/loan.view.js';
import type { InterestBasisView } from '../../installments/installment.view.js';
import type { PayoffQuote } from './payoff.js';
import { interestBasisView } from '../../installments/installment.view.js';

/**
 * The amount that settles a loan on a day: total = unpaid_principal + unpaid_interest + unposted_principal + interest −
 * credit_used. None of them includes the disputed amount.
 */
export interface PayoffQuoteView {
  readonly as_of: string;
  readonly unpaid_principal: string;
  readonly unpaid_interest: string;
  readonly disputed: string;
  readonly unposted_principal: string;
  readonly interest: string;
  readonly interest_basis: InterestBasisView;
  readonly interest_carried: string;
  readonly accrues_from: string;
  readonly credit_used: string;
  readonly total: string;
}

export interface PayoffView {
  readonly dry_run: boolean;
  readonly quote: PayoffQuoteView;
  readonly payment_posting_id: string | null;
  readonly loan: LoanAfterChangeView;
}

export interface UndonePayoffView {
  readonly dry_run: boolean;
  readonly voided_posting_ids: string[];
  readonly loan: LoanAfterChangeView;
}

export function payoffQuoteView(quote: PayoffQuote): PayoffQuoteView {
  return {
    as_of: quote.asOf,
    unpaid_principal: quote.unpaid.principal.toString(),
    unpaid_interest: quote.unpaid.interest.toString(),
    disputed: quote.disputed.toString(),
    unposted_principal: quote.unpostedPrincipal.toString(),
    interest: quote.interest.toString(),
    interest_basis: interestBasisView(quote.interestBasis),
    interest_carried: quote.interestCarried.toString(),
    accrues_from: quote.interestBasis.from,
    credit_used: quote.creditUsed.toString(),
    total: quote.total.toString(),
  };
}
