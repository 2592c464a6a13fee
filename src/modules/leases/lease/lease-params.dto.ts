import { IdQueryField } from '../../../platform/http/dto/fields.js';

export class LeaseParamsDto {
  @IdQueryField({ example: 42 })
  lease_id!: number;
}
