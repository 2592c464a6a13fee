import { DryRunField, TextField } from '../../../platform/http/dto/fields.js';
import type { VoidPostingInput } from './void.input.js';

export class VoidPostingDto implements VoidPostingInput {
  @TextField({ maxLength: 255, example: 'Entered twice' })
  reason!: string;

  @DryRunField()
  dry_run?: boolean;
}
