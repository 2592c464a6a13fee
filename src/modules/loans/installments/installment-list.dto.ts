import { FlagQueryField } from '../../../platform/http/dto/fields.js';
import { UnpostedListDto } from './unposted-list.dto.js';
import type { InstallmentListInput } from './installment.input.js';

export class InstallmentListDto extends UnpostedListDto implements InstallmentListInput {
  @FlagQueryField({ description: 'Whether the installment is posted to the ledger' })
  posted?: boolean;
}
