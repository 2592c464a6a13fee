import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../kernel/access/actor.js';
import type { Page } from '../../../platform/database/page.js';
import { WithETag, ENTITY_TAG } from '../../../platform/http/with-etag.decorator.js';
import { CurrentActor } from '../../../platform/http/current-actor.decorator.js';
import type { IfMatch as Expected } from '../../../platform/http/entity-tag.js';
import { IfMatch } from '../../../platform/http/if-match.decorator.js';
import { ApiErrorResponses } from '../../../platform/http/api-error-responses.decorator.js';
import { RequiresPermission } from '../../../platform/http/requires-permission.decorator.js';
import { IdempotencyKey } from '../../../platform/idempotency/idempotency-key.decorator.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import type { CsvFile } from '../../../platform/import/csv-file.js';
import { ImportQueryDto } from '../../../platform/import/import-query.dto.js';
import { ImportReportResponse } from '../../../platform/import/import-report.response.js';
import { CsvBody, UploadedCsv } from '../../../platform/import/csv-body.decorator.js';
import { LoanCreationService } from '../origination/loan-creation.service.js';
import { LoanUpdateService } from '../origination/loan-update.service.js';
import { LoanImportService } from '../import/loan-import.service.js';
import { LoanScheduleService } from '../schedule/loan-schedule.service.js';
import { LoanQueryService } from './loan-query.service.js';
import { LoanStatusService } from '../servicing/loan-status.service.js';
import { ChangeLoanStatusDto } from '../servicing/change-loan-status.dto.js';
import { CreateLoanDto } from '../origination/create-loan.dto.js';
import { UpdateLoanDto } from '../origination/update-loan.dto.js';
import { LoanListDto } from './loan-list.dto.js';
import { LoanParams } from './loan-params.dto.js';
import { LoanStatisticsDto } from '../reports/loan-statistics.dto.js';
import { PreviewLoanDto } from '../origination/preview-loan.dto.js';
import { LoanPreviewResponse } from '../origination/loan-preview.response.js';
import { ChangedLoanResponse, LoanDetailResponse, LoanListItem, LoanPage } from './loan.response.js';
import { LoanTermsResponse } from '../origination/loan-terms.response.js';
import { LoanStatisticsResponse } from '../reports/loan-statistics.response.js';

@ApiTags('Loans')
@Controller('loans')
export class LoansController {
  constructor(
    private readonly planning: LoanScheduleService,
    private readonly creation: LoanCreationService,
    private readonly imports: LoanImportService,
    private readonly editing: LoanUpdateService,
    private readonly status: LoanStatusService,
    private readonly reading: LoanQueryService,
  ) {}

  @Post('preview')
  @HttpCode(200)
  @RequiresPermission('loans:create')
  @ApiOperation({ summary: 'The schedule that a creation would make; writes nothing' })
  @ApiOkResponse({ type: LoanPreviewResponse })
  @ApiErrorResponses(
    'VALIDATION_FAILED',
    'LOAN_AMOUNT_OUT_OF_RANGE',
    'INTEREST_RATE_OUT_OF_RANGE',
    'START_WEEK_NOT_SUNDAY',
    'START_WEEK_OUT_OF_RANGE',
    'DRIVER_UNKNOWN',
    'DRIVER_NOT_ACTIVE',
    'LEASE_UNKNOWN',
    'LEASE_NOT_ACTIVE',
    'LEASE_DRIVER_MISMATCH',
    'DRIVER_HAS_TOO_MANY_LOANS',
    'DRIVER_EXPOSURE_EXCEEDED',
  )
  preview(@Body() body: PreviewLoanDto): Promise<LoanPreviewResponse> {
    return this.planning.preview(body);
  }

  @Get('terms')
  @RequiresPermission('loans:view')
  @ApiOperation({ summary: 'The default interest rate and the limits of a new loan' })
  @ApiOkResponse({ type: LoanTermsResponse })
  getTerms(): LoanTermsResponse {
    return this.planning.readTerms();
  }

  @Post()
  @RequiresPermission('loans:create')
  @ApiOperation({ summary: 'Lend money to a driver' })
  @ApiCreatedResponse({ type: LoanDetailResponse })
  @ApiErrorResponses(
    'VALIDATION_FAILED',
    'LOAN_AMOUNT_OUT_OF_RANGE',
    'INTEREST_RATE_OUT_OF_RANGE',
    'START_WEEK_NOT_SUNDAY',
    'START_WEEK_OUT_OF_RANGE',
    'DRIVER_UNKNOWN',
    'DRIVER_NOT_ACTIVE',
    'LEASE_UNKNOWN',
    'LEASE_NOT_ACTIVE',
    'LEASE_DRIVER_MISMATCH',
    'DRIVER_HAS_TOO_MANY_LOANS',
    'DRIVER_EXPOSURE_EXCEEDED',
  )
  create(
    @CurrentActor() actor: Actor,
    @Body() body: CreateLoanDto,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<LoanDetailResponse> {
    return this.creation.create(actor, body, request);
  }

  @Post('import')
  @HttpCode(200)
  @CsvBody()
  @RequiresPermission('loans:create')
  @ApiOperation({
    summary: 'Lend money to many drivers from a CSV file',
    description:
      'Columns: reference, tlc_license_number, lease_number, loan_amount, start_week and, where wanted, interest_rate, ' +
      'purpose, notes. Each row goes the way of POST /loans; a reference that stands with the same terms is left alone.',
  })
  @ApiOkResponse({ type: ImportReportResponse })
  @ApiErrorResponses('VALIDATION_FAILED')
  import(
    @CurrentActor() actor: Actor,
    @UploadedCsv() file: CsvFile | null,
    @Query() options: ImportQueryDto,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<ImportReportResponse> {
    return this.imports.import(actor, file, { ...options, request });
  }

  @Get()
  @RequiresPermission('loans:view')
  @ApiOperation({ summary: 'List loans' })
  @ApiOkResponse({ type: LoanPage })
  @ApiErrorResponses('VALIDATION_FAILED')
  list(@Query() query: LoanListDto): Promise<Page<LoanListItem>> {
    return this.reading.listLoans(query);
  }

  @Get('statistics/summary')
  @RequiresPermission('loans:view')
  @ApiOperation({ summary: 'Counts and amounts over the loans that match' })
  @ApiOkResponse({ type: LoanStatisticsResponse })
  @ApiErrorResponses('VALIDATION_FAILED')
  statistics(@Query() query: LoanStatisticsDto): Promise<LoanStatisticsResponse> {
    return this.reading.statistics(query);
  }

  @Get(':loan_id')
  @RequiresPermission('loans:view')
  @ApiOperation({ summary: 'One loan with driver, lease and installments' })
  @WithETag()
  @ApiOkResponse({ type: LoanDetailResponse, headers: ENTITY_TAG })
  @ApiErrorResponses('VALIDATION_FAILED', 'LOAN_NOT_FOUND')
  get(@Param() { loan_id }: LoanParams): Promise<LoanDetailResponse> {
    return this.reading.getLoan(loan_id);
  }

  @Patch(':loan_id')
  @RequiresPermission('loans:update')
  @ApiOperation({ summary: 'Change purpose and notes' })
  @ApiOkResponse({ type: LoanDetailResponse, headers: ENTITY_TAG })
  @ApiErrorResponses('VALIDATION_FAILED', 'LOAN_NOT_FOUND')
  edit(
    @CurrentActor() actor: Actor,
    @Param() { loan_id }: LoanParams,
    @Body() body: UpdateLoanDto,
    @IfMatch() ifMatch?: Expected,
  ): Promise<LoanDetailResponse> {
    return this.editing.edit(actor, loan_id, body, ifMatch);
  }

  @Put(':loan_id/status')
  @RequiresPermission('loans:update')
  @ApiOperation({
    summary: 'Hold, resume or cancel a loan',
    description:
      'A loan that ever had a posting, or whose first week is over, is cancelled with loans:write-off only; 403 ' +
      'PERMISSION_MISSING.',
  })
  @ApiOkResponse({ type: ChangedLoanResponse, headers: ENTITY_TAG })
  @ApiErrorResponses(
    'VALIDATION_FAILED',
    'RESUME_WEEK_INVALID',
    'LOAN_NOT_FOUND',
    'LOAN_TRANSITION_FORBIDDEN',
    'LOAN_HAS_POSTED_INSTALLMENTS',
  )
  changeStatus(
    @CurrentActor() actor: Actor,
    @Param() { loan_id }: LoanParams,
    @Body() body: ChangeLoanStatusDto,
    @IfMatch() ifMatch?: Expected,
  ): Promise<ChangedLoanResponse> {
    return this.status.change(actor, loan_id, body, ifMatch);
  }
}
