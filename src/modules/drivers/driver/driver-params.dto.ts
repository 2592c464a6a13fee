import { IdQueryField } from '../../../platform/http/dto/fields.js';

export class DriverParamsDto {
  @IdQueryField({ example: 12 })
  driver_id!: number;
}
