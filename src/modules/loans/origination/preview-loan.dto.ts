import { IdField } from '../../../platform/http/dto/fields.js';
import { LoanTermsDto } from './loan-terms.dto.js';
import type { PreviewLoanInput } from './origination.input.js';

export class PreviewLoanDto extends LoanTermsDto implements PreviewLoanInput {
  @IdField({ optional: true, example: 1 })
  driver_id?: number;

  @IdField({ optional: true, example: 1 })
  lease_id?: number;
}
