import { IdField } from '../../../../platform/http/dto/fields.js';
import { PreviewLoanDto } from './preview-loan.dto.js';

export class CreateLoanDto extends PreviewLoanDto {
  @IdField({ example: 1 })
  declare driver_id: number;

  @IdField({ example: 1 })
  declare lease_id: number;
}
