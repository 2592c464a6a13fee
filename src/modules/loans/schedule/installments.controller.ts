import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../kernel/access/actor.js';
import type { Page } from '../../../platform/database/page.js';
import { CurrentActor } from '../../../platform/http/current-actor.decorator.js';
import { ApiErrorResponses } from '../../../platform/http/api-error-responses.decorator.js';
import { RequiresPermission } from '../../../platform/http/requires-permission.decorator.js';
import { IdempotencyKey } from '../../../platform/idempotency/idempotency-key.decorator.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { InstallmentPostingService } from '../posting/installment-posting.service.js';
import { LoanQueryService } from '../loan/loan-query.service.js';
import { PostingScheduleService } from '../posting/posting-schedule.service.js';
import { InstallmentListDto } from './installment-list.dto.js';
import { PostInstallmentsDto } from '../posting/post-installments.dto.js';
import { PostingRunListDto, PostingRunParams } from '../posting-runs/posting-run-list.dto.js';
import { UnpostedListDto } from '../posting/unposted-list.dto.js';
import {
  InstallmentListItem,
  InstallmentPage,
  UnpostedInstallmentsResponse,
} from './installment.response.js';
import { PostingResultResponse } from '../posting/posting-result.response.js';
import {
  PostingRunDetailResponse,
  PostingRunPage,
  PostingRunResponse,
} from '../posting-runs/posting-run.response.js';
import { PostingScheduleResponse } from '../posting/posting-schedule.response.js';

@ApiTags('Installments and weekly posting')
@Controller('loans')
export class InstallmentsController {
  constructor(
    private readonly posting: InstallmentPostingService,
    private readonly reading: LoanQueryService,
    private readonly timetable: PostingScheduleService,
  ) {}

  @Post('installments/post')
  @HttpCode(200)
  @RequiresPermission('loans:post')
  @ApiOperation({ summary: 'Post the due installments of whole payment weeks to the ledger' })
  @ApiOkResponse({ type: PostingResultResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'POSTING_PERIOD_INVALID', 'POSTING_WEEK_NOT_BEGUN', 'LOAN_UNKNOWN')
  post(
    @CurrentActor() actor: Actor,
    @Body() body: PostInstallmentsDto,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<PostingResultResponse> {
    return this.posting.postPeriod(actor, 'API', body, request);
  }

  @Get('installments')
  @RequiresPermission('loans:view')
  @ApiOperation({ summary: 'List installments' })
  @ApiOkResponse({ type: InstallmentPage })
  @ApiErrorResponses('VALIDATION_FAILED')
  list(@Query() query: InstallmentListDto): Promise<Page<InstallmentListItem>> {
    return this.reading.listInstallments(query);
  }

  @Get('installments/unposted')
  @RequiresPermission('loans:view')
  @ApiOperation({ summary: 'List what is still to be posted, of ACTIVE and ON_HOLD loans, with sums' })
  @ApiOkResponse({ type: UnpostedInstallmentsResponse })
  @ApiErrorResponses('VALIDATION_FAILED')
  listUnposted(@Query() query: UnpostedListDto): Promise<UnpostedInstallmentsResponse> {
    return this.reading.listUnposted(query);
  }

  @Get('posting-timetable')
  @RequiresPermission('loans:view')
  @ApiOperation({ summary: 'Today by the clock of the service, and when it posts which week next' })
  @ApiOkResponse({ type: PostingScheduleResponse })
  getTimetable(): PostingScheduleResponse {
    return this.timetable.read();
  }

  @Get('posting-runs')
  @RequiresPermission('loans:view')
  @ApiOperation({ summary: 'History and progress of posting runs' })
  @ApiOkResponse({ type: PostingRunPage })
  @ApiErrorResponses('VALIDATION_FAILED')
  listRuns(@Query() query: PostingRunListDto): Promise<Page<PostingRunResponse>> {
    return this.reading.listRuns(query);
  }

  @Get('posting-runs/:run_id')
  @RequiresPermission('loans:view')
  @ApiOperation({ summary: 'One posting run with its errors' })
  @ApiOkResponse({ type: PostingRunDetailResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'POSTING_RUN_NOT_FOUND')
  getRun(@Param() { run_id }: PostingRunParams): Promise<PostingRunDetailResponse> {
    return this.reading.getRun(run_id);
  }
}
