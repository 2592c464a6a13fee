import { IdQueryField } from '../../../platform/http/dto/fields.js';
import { PageQueryDto } from '../../../platform/http/dto/page-query.dto.js';
import type { CreditListInput } from './credit.input.js';

export class CreditListDto extends PageQueryDto implements CreditListInput {
  @IdQueryField({ optional: true })
  driver_id?: number;
}
