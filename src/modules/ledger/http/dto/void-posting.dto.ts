import { FlagField, TextField } from '../../../../platform/http/dto/fields.js';

export class VoidPostingDto {
  @TextField({ maxLength: 255, example: 'Entered twice' })
  reason!: string;

  @FlagField({
    optional: true,
    default: false,
    description: 'Answer what the void would do and write nothing',
  })
  dry_run: boolean = false;
}
