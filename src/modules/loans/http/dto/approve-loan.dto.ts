import { TextField } from '../../../../platform/http/dto/fields.js';
import { DryRunField } from './dry-run-field.js';

export class ApproveLoanDto {
  @TextField({ optional: true, maxLength: 255, example: 'Income proved by two pay slips' })
  reason?: string;

  @DryRunField()
  dry_run?: boolean;
}
