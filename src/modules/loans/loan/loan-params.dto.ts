import { TextField } from '../../../platform/http/dto/fields.js';

export class LoanParams {
  @TextField({ maxLength: 40, example: 'DL-2025-0001' })
  loan_id!: string;
}
