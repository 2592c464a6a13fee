import { DryRunField, TextField } from '../../../../platform/http/dto/fields.js';
import type { UndoPayoffInput } from './payoff.input.js';

export class UndoPayoffDto implements UndoPayoffInput {
  @TextField({ maxLength: 255, example: 'Paid off the wrong loan' })
  reason!: string;

  @DryRunField()
  dry_run?: boolean;
}
