import { DryRunField, TextField } from '../../../platform/http/dto/fields.js';
import type { BalanceDisputeInput } from './dispute.input.js';

export class BalanceDisputeDto implements BalanceDisputeInput {
  @TextField({ maxLength: 255, example: 'The driver was not in the cab that day' })
  reason!: string;

  @DryRunField()
  dry_run?: boolean;
}
