import { InstantField } from '../../../platform/http/dto/fields.js';

export class AsOfQueryDto {
  @InstantField({ description: 'As the books stood at this instant', optional: true })
  as_of?: Date;
}
