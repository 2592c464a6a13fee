import { FlagField, IdField } from '../../../platform/http/dto/fields.js';

export class ApplyCreditsDto {
  @IdField({ example: 1 })
  driver_id!: number;

  @FlagField({ optional: true, default: false, description: 'Answer what would be paid and write nothing' })
  dry_run: boolean = false;
}
