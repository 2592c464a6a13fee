import { DryRunField, TextField } from '../../../../platform/http/dto/fields.js';
import type { WriteOffLoanInput } from './write-off.input.js';

export class WriteOffLoanDto implements WriteOffLoanInput {
  @TextField({ maxLength: 255, example: 'Driver left the country' })
  reason!: string;

  @DryRunField()
  dry_run?: boolean;
}
