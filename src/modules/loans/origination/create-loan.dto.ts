import { IdField } from '../../../platform/http/dto/fields.js';
import { LoanTermsDto } from './loan-terms.dto.js';
import type { CreateLoanInput } from './origination.input.js';

export class CreateLoanDto extends LoanTermsDto implements CreateLoanInput {
  @IdField({ example: 1 })
  driver_id!: number;

  @IdField({ example: 1 })
  lease_id!: number;
}
