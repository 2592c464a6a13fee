import { DryRunField, TextField } from '../../../platform/http/dto/fields.js';

export class VoidPostingDto {
  @TextField({ maxLength: 255, example: 'Entered twice' })
  reason!: string;

  @DryRunField()
  dry_run?: boolean;
}
