import { FlagQueryField, TextField } from '../../../platform/http/dto/fields.js';
import { UnpostedListDto } from './unposted-list.dto.js';
import type { InstallmentListInput } from './installment.input.js';

export class InstallmentListDto extends UnpostedListDto implements InstallmentListInput {
  @TextField({ optional: true, maxLength: 40, example: 'DL-2025-0001-INST-01' })
  installment_id?: string;

  @FlagQueryField({ description: 'Whether the installment is posted to the ledger' })
  posted?: boolean;
}
