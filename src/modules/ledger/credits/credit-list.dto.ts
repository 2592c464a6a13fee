import { IdQueryField } from '../../../platform/http/dto/fields.js';
import { PageQueryDto } from '../../../platform/http/dto/page-query.dto.js';

export class CreditListDto extends PageQueryDto {
  @IdQueryField({ optional: true })
  driver_id?: number;
}
