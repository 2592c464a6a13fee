import { DryRunField, TextField } from '../../../../platform/http/dto/fields.js';

export class WriteOffLoanDto {
  @TextField({ maxLength: 255, example: 'Driver left the country' })
  reason!: string;

  @DryRunField()
  dry_run?: boolean;
}
