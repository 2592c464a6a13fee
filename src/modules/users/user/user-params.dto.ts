import { IdQueryField } from '../../../platform/http/dto/fields.js';

export class UserParamsDto {
  @IdQueryField({ example: 7 })
  user_id!: number;
}
