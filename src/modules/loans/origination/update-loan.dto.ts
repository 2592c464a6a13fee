import { TextField } from '../../../platform/http/dto/fields.js';

/** Null clears a field; a field that is left out stays. */
export class UpdateLoanDto {
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
