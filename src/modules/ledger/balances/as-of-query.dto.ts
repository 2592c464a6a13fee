import { InstantField } from '../../../platform/http/dto/fields.js';
import type { AsOfInput } from './balance.input.js';

export class AsOfQueryDto implements AsOfInput {
  @InstantField({ description: 'The state of the books at this instant', optional: true })
  as_of?: Date;
}
