import { ApiPropertyOptional } from '@nestjs/swagger';
import { Allow, IsIn, IsOptional } from 'class-validator';
import type { CalendarDate } from '../../../../kernel/calendar/calendar-date.js';
import { DateField, IdQueryField, SearchField, TextField } from '../../../../platform/http/dto/fields.js';
import { PageQueryDto, unpaged } from '../../../../platform/http/dto/page-query.dto.js';
import { SETTLEMENT_LINE_STATUSES, SETTLEMENT_RUN_STATUSES } from '../settlement-status.js';
import type { SettlementLineStatus, SettlementRunStatus } from '../settlement-status.js';
import type {
  SettlementLineExportInput,
  SettlementLineListInput,
  SettlementRunListInput,
} from './settlement-list.input.js';

export class SettlementRunListDto extends PageQueryDto implements SettlementRunListInput {
  @ApiPropertyOptional({ enum: SETTLEMENT_RUN_STATUSES })
  @IsOptional()
  @IsIn(SETTLEMENT_RUN_STATUSES, { message: `status must be one of ${SETTLEMENT_RUN_STATUSES.join(', ')}` })
  status?: SettlementRunStatus;

  @DateField({ description: 'Payment weeks that begin on or after this Sunday', optional: true })
  period_from?: CalendarDate;

  @DateField({ description: 'Payment weeks that begin on or before this Sunday', optional: true })
  period_to?: CalendarDate;

  @IdQueryField({ description: 'The user who started it', optional: true })
  started_by?: number;
}

export class SettlementLineListDto extends PageQueryDto implements SettlementLineListInput {
  @ApiPropertyOptional({ enum: SETTLEMENT_LINE_STATUSES })
  @IsOptional()
  @IsIn(SETTLEMENT_LINE_STATUSES, { message: `status must be one of ${SETTLEMENT_LINE_STATUSES.join(', ')}` })
  status?: SettlementLineStatus;

  @SearchField({ description: 'The name or TLC number of a driver, or a reference' })
  q?: string;

  @ApiPropertyOptional({ enum: ['asc', 'desc'], default: 'asc', description: 'By line number' })
  @IsIn(['asc', 'desc'], { message: 'sort_order must be asc or desc' })
  override sort_order: 'asc' | 'desc' = 'asc';
}

export class SettlementLineExportDto
  extends unpaged(SettlementLineListDto)
  implements SettlementLineExportInput {}

export class SettlementRunParams {
  @TextField({ maxLength: 40, example: 'SR-2025-000001' })
  run_id!: string;
}

export class SettlementExportParams extends SettlementRunParams {
  /** `Exports` checks it */
  @Allow()
  format!: string;
}
