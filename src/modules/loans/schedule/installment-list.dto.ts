import { FlagQueryField } from '../../../platform/http/dto/fields.js';
import { UnpostedListDto } from '../posting/unposted-list.dto.js';

export class InstallmentListDto extends UnpostedListDto {
  @FlagQueryField({ description: 'Posted to the ledger, or not' })
  posted?: boolean;
}
