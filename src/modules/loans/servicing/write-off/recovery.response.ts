import { ApiProperty } from '@nestjs/swagger';
import { NullInDryRun } from '../../../../platform/http/openapi/null-in-dry-run.decorator.js';
import { ChangedLoan } from '../../overview/loan.response.js';
import type { RecoveryView } from './write-off.view.js';

export class RecoveryResponse implements RecoveryView {
  @ApiProperty({ description: 'True if nothing was written' })
  dry_run!: boolean;

  @NullInDryRun({
    example: 'LP-2025-000042',
    description: 'The CREDIT. Its void lowers the recovered amount',
  })
  posting_id!: string;

  @ApiProperty()
  loan!: ChangedLoan;
}
