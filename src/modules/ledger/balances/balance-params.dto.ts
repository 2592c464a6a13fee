import { TextField } from '../../../platform/http/dto/fields.js';

export class BalanceParams {
  @TextField({ maxLength: 40, example: 'LB-2025-000042' })
  balance_id!: string;
}
