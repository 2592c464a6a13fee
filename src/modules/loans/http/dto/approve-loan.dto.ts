import { DryRunField } from './dry-run-field.js';

export class ApproveLoanDto {
  @DryRunField()
  dry_run?: boolean;
}
