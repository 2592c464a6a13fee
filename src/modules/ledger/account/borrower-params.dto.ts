import { IdQueryField } from '../../../platform/http/dto/fields.js';

export class DriverAndLeaseParams {
  @IdQueryField({ example: 1 })
  driver_id!: number;

  @IdQueryField({ example: 1 })
  lease_id!: number;
}
