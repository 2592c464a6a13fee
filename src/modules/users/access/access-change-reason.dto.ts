import { TextField } from '../../../platform/http/dto/fields.js';

export class AccessChangeReasonDto {
  @TextField({
    maxLength: 200,
    optional: true,
    description: 'The reason, for the audit log',
    example: 'Lost her phone',
  })
  reason?: string;
}
