import { TextField } from '../../../../platform/http/dto/fields.js';

export class VoidPostingDto {
  @TextField({ maxLength: 255, example: 'Entered twice' })
  reason!: string;
}
