import { DryRunField, TextField } from '../../../platform/http/dto/fields.js';

export class BalanceDisputeDto {
  @TextField({ maxLength: 255, example: 'The driver was not in the cab that day' })
  reason!: string;

  @DryRunField()
  dry_run?: boolean;
}
