import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { FlagQueryField, IdQueryField } from '../../../platform/http/dto/fields.js';
import { PageQueryDto } from '../../../platform/http/dto/page-query.dto.js';
import type { PostingRunListInput } from './posting-run.input.js';
import { RUN_STATUSES, RUN_TRIGGERS } from './posting-run-status.js';
import type { PostingTrigger, RunStatus } from './posting-run-status.js';

export class PostingRunListDto extends PageQueryDto implements PostingRunListInput {
  @ApiPropertyOptional({ enum: RUN_TRIGGERS })
  @IsOptional()
  @IsIn(RUN_TRIGGERS, { message: 'trigger must be CRON, API or CLI' })
  trigger?: PostingTrigger;

  @ApiPropertyOptional({ enum: RUN_STATUSES })
  @IsOptional()
  @IsIn(RUN_STATUSES, { message: 'status must be RUNNING, COMPLETED or FAILED' })
  status?: RunStatus;

  @FlagQueryField()
  dry_run?: boolean;
}

export class PostingRunParams {
  @IdQueryField({ example: 1 })
  run_id!: number;
}
