import { FlagField, IdField } from '../../../platform/http/dto/fields.js';
import type { ApplyCreditsInput } from './credit.input.js';

export class ApplyCreditsDto implements ApplyCreditsInput {
  @IdField({ example: 1 })
  driver_id!: number;

  @FlagField({ optional: true, default: false, description: 'Return what would be paid and write nothing' })
  dry_run: boolean = false;
}
