import { TextField } from '../../../../platform/http/dto/fields.js';
import { DryRunField } from './dry-run-field.js';

export class WriteOffLoanDto {
  @TextField({ maxLength: 255, example: 'Driver left the country' })
  reason!: string;

  @DryRunField()
  dry_run?: boolean;
}
