import { IdField } from '../../../platform/http/dto/fields.js';
import { LoanTermsDto } from './loan-terms.dto.js';

/** The body of a creation, of which a preview needs only the terms; a borrower that is named is checked too. */
export class PreviewLoanDto extends LoanTermsDto {
  @IdField({ optional: true, example: 1 })
  driver_id?: number;

  @IdField({ optional: true, example: 1 })
  lease_id?: number;
}
