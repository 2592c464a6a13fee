import { CodeField, FlagQueryField, IdQueryField } from '../../../platform/http/dto/fields.js';
import { PageQueryDto } from '../../../platform/http/dto/page-query.dto.js';
import type { PostingRunListInput } from './posting-run.input.js';
import { RUN_STATUSES, RUN_TRIGGERS } from './posting-run-status.js';
import type { PostingTrigger, RunStatus } from './posting-run-status.js';

export class PostingRunListDto extends PageQueryDto implements PostingRunListInput {
  @CodeField(RUN_TRIGGERS, { optional: true })
  trigger?: PostingTrigger;

  @CodeField(RUN_STATUSES, { optional: true })
  status?: RunStatus;

  @FlagQueryField()
  dry_run?: boolean;
}

export class PostingRunParams {
  @IdQueryField({ example: 1 })
  run_id!: number;
}
