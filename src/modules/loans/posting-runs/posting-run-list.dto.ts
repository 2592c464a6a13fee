import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { FlagQueryField, IdQueryField } from '../../../platform/http/dto/fields.js';
import { PageQueryDto } from '../../../platform/http/dto/page-query.dto.js';
import type { PostingRunListInput } from './posting-run.input.js';

export class PostingRunListDto extends PageQueryDto implements PostingRunListInput {
  @ApiPropertyOptional({ enum: ['CRON', 'API', 'CLI'] })
  @IsOptional()
  @IsIn(['CRON', 'API', 'CLI'], { message: 'trigger must be CRON, API or CLI' })
  trigger?: 'CRON' | 'API' | 'CLI';

  @ApiPropertyOptional({ enum: ['RUNNING', 'COMPLETED', 'FAILED'] })
  @IsOptional()
  @IsIn(['RUNNING', 'COMPLETED', 'FAILED'], { message: 'status must be RUNNING, COMPLETED or FAILED' })
  status?: 'RUNNING' | 'COMPLETED' | 'FAILED';

  @FlagQueryField()
  dry_run?: boolean;
}

export class PostingRunParams {
  @IdQueryField({ example: 1 })
  run_id!: number;
}
