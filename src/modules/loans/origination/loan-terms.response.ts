import {
  MoneyProperty,
  PercentageProperty,
} from '../../../platform/http/openapi/decimal-property.decorator.js';
import type { LoanTermsView } from './origination.view.js';

export class LoanTermsResponse implements LoanTermsView {
  @PercentageProperty({
    example: '0.00',
    description: 'The rate of a loan without interest_rate (LOAN_DEFAULT_INTEREST_RATE)',
  })
  default_interest_rate!: string;

  @PercentageProperty({ example: '20.00', description: 'LOAN_MAX_INTEREST_RATE' })
  max_interest_rate!: string;

  @MoneyProperty({ example: '50000.00', description: 'LOAN_MAX_AMOUNT' })
  max_loan_amount!: string;
}
