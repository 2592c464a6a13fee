import { IdField } from '../../../platform/http/dto/fields.js';
import { LoanTermsDto } from './loan-terms.dto.js';

/** Not a preview with more asked for: class-validator would take the ids for optional here as well. */
export class CreateLoanDto extends LoanTermsDto {
  @IdField({ example: 1 })
  driver_id!: number;

  @IdField({ example: 1 })
  lease_id!: number;
}
