import { DryRunField, TextField } from '../../../../platform/http/dto/fields.js';

export class UndoPayoffDto {
  @TextField({ maxLength: 255, example: 'Paid off the wrong loan' })
  reason!: string;

  @DryRunField()
  dry_run?: boolean;
}
