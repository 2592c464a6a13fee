import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../kernel/access/actor.js';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { CurrentActor } from '../../../platform/http/access/current-actor.decorator.js';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { IdempotencyKey } from '../../../platform/idempotency/idempotency-key.decorator.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { InstallmentPostingService } from './installment-posting.service.js';
import { PostInstallmentsDto } from './post-installments.dto.js';
import { PostingResultResponse } from '../posting-runs/posting-result.response.js';
import { PostingScheduleResponse } from '../posting-runs/posting-schedule.response.js';
import { PostingScheduleService } from '../posting-runs/posting-schedule.service.js';

@ApiTags('Installments and weekly posting')
@Controller('loans')
export class PostingController {
  constructor(
    private readonly posting: InstallmentPostingService,
    private readonly schedule: PostingScheduleService,
  ) {}

  @Post('installments/post')
  @HttpCode(200)
  @RequiresPermission('loans:post')
  @ApiOperation({
    summary: 'Post the due installments of whole payment weeks, or chosen ones, to the ledger',
  })
  @ApiOkResponse({ type: PostingResultResponse })
  @ApiErrorResponses(
    'VALIDATION_FAILED',
    'POSTING_PERIOD_INVALID',
    'POSTING_WEEK_NOT_BEGUN',
    'LOAN_UNKNOWN',
    'INSTALLMENT_UNKNOWN',
  )
  post(
    @CurrentActor() actor: Actor,
    @Body() body: PostInstallmentsDto,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<PostingResultResponse> {
    return this.posting.postPeriod(actor, 'API', body, request);
  }

  @Get('posting-timetable')
  @RequiresPermission('loans:view')
  @ApiOperation({ summary: 'Today by the clock of the service, and when it posts which week next' })
  @ApiOkResponse({ type: PostingScheduleResponse })
  getSchedule(): PostingScheduleResponse {
    return this.schedule.read();
  }
}
