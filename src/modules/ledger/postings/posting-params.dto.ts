import { TextField } from '../../../platform/http/dto/fields.js';

export class PostingParams {
  @TextField({ maxLength: 40, example: 'LP-2025-000042' })
  posting_id!: string;
}
