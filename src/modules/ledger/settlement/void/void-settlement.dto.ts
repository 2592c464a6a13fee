import { DryRunField, TextField } from '../../../../platform/http/dto/fields.js';
import type { VoidPostingInput } from '../../voids/void.input.js';

export class VoidSettlementDto implements VoidPostingInput {
  @TextField({ maxLength: 255, example: 'The file of another week' })
  reason!: string;

  @DryRunField()
  dry_run?: boolean;
}
