import { ApiProperty } from '@nestjs/swagger';
import { MoneyProperty } from '../../../platform/http/openapi/decimal-property.decorator.js';
import { NullInDryRun } from '../../../platform/http/openapi/null-in-dry-run.decorator.js';
import { BalanceResponse } from '../balances/balance.response.js';
import { WrittenPostingResponse } from '../postings/posting.response.js';
import type { ObligationView, WrittenBalanceView } from './obligation.view.js';

export class WrittenBalanceResponse extends BalanceResponse implements WrittenBalanceView {
  @NullInDryRun({ example: 'LB-2025-000042' })
  declare balance_id: string;

  @NullInDryRun({ example: 'LP-2025-000042' })
  declare posting_id: string;
}

export class ObligationResponse implements ObligationView {
  @ApiProperty({ description: 'True if nothing was written' })
  dry_run!: boolean;

  @ApiProperty()
  posting!: WrittenPostingResponse;

  @ApiProperty()
  balance!: WrittenBalanceResponse;

  @MoneyProperty({ example: '0.00', description: 'The part that credits of the driver paid immediately' })
  credit_used!: string;
}
