import { TextField } from '../../../platform/http/dto/fields.js';
import type { UpdateLoanInput } from './origination.input.js';

export class UpdateLoanDto implements UpdateLoanInput {
  @TextField({
    optional: true,
    nullable: true,
    minLength: 0,
    maxLength: 255,
    example: 'Transmission repair',
  })
  purpose?: string | null;

  @TextField({ optional: true, nullable: true, multiline: true, minLength: 0, maxLength: 5000 })
  notes?: string | null;
}
