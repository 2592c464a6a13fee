import { IdsQueryField } from '../../../platform/http/dto/fields.js';

export class UserNamesQueryDto {
  @IdsQueryField()
  ids!: number[];
}
