import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../kernel/access/actor.js';
import type { Page } from '../../../platform/database/page.js';
import { WithETag, ENTITY_TAG } from '../../../platform/http/entity-tag/with-etag.decorator.js';
import { CurrentActor } from '../../../platform/http/access/current-actor.decorator.js';
import type { IfMatch as Expected } from '../../../platform/http/entity-tag/entity-tag.js';
import { IfMatch } from '../../../platform/http/entity-tag/if-match.decorator.js';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { IdempotencyKey } from '../../../platform/idempotency/idempotency-key.decorator.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import type { CsvFile } from '../../../platform/import/csv-file.js';
import { ImportQueryDto } from '../../../platform/import/import-query.dto.js';
import { ImportReportResponse } from '../../../platform/import/import-report.response.js';
import { CsvBody, UploadedCsv } from '../../../platform/import/csv-body.decorator.js';
import { LeaseUpdateService } from './lease-update.service.js';
import { LeaseImportService } from '../import/lease-import.service.js';
import { LeaseCreationService } from './lease-creation.service.js';
import { LeaseQuery } from './lease.query.js';
import { UpdateLeaseDto } from './update-lease.dto.js';
import { LeaseListDto } from '../search/lease-list.dto.js';
import { LeaseParamsDto } from './lease-params.dto.js';
import { CreateLeaseDto } from './create-lease.dto.js';
import { LeasePage } from '../search/lease-page.response.js';
import { LeaseResponse } from './lease.response.js';

@ApiTags('Leases')
@Controller('leases')
export class LeasesController {
  constructor(
    private readonly query: LeaseQuery,
    private readonly creation: LeaseCreationService,
    private readonly updates: LeaseUpdateService,
    private readonly imports: LeaseImportService,
  ) {}

  @Get()
  @RequiresPermission('leases:view')
  @ApiOperation({ summary: 'Find leases by driver, cab, status or number' })
  @ApiOkResponse({ type: LeasePage })
  @ApiErrorResponses('VALIDATION_FAILED')
  list(@Query() filters: LeaseListDto): Promise<Page<LeaseResponse>> {
    return this.query.list(filters);
  }

  @Get(':lease_id')
  @RequiresPermission('leases:view')
  @ApiOperation({ summary: 'Get a lease' })
  @WithETag()
  @ApiOkResponse({ type: LeaseResponse, headers: ENTITY_TAG })
  @ApiErrorResponses('VALIDATION_FAILED', 'LEASE_NOT_FOUND')
  get(@Param() { lease_id }: LeaseParamsDto): Promise<LeaseResponse> {
    return this.query.get(lease_id);
  }

  @Post()
  @RequiresPermission('leases:manage')
  @ApiOperation({ summary: 'Create a lease' })
  @ApiCreatedResponse({ type: LeaseResponse })
  @ApiErrorResponses(
    'VALIDATION_FAILED',
    'LEASE_DATES_INVALID',
    'DRIVER_UNKNOWN',
    'DRIVER_NOT_ACTIVE',
    'MEDALLION_UNKNOWN',
    'VEHICLE_UNKNOWN',
    'LEASE_NUMBER_TAKEN',
  )
  create(
    @CurrentActor() actor: Actor,
    @Body() terms: CreateLeaseDto,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<LeaseResponse> {
    return this.creation.create(actor, terms, request);
  }

  @Post('import')
  @HttpCode(200)
  @CsvBody()
  @RequiresPermission('leases:manage')
  @ApiOperation({
    summary: 'Create and update leases from a CSV file',
    description:
      'Columns: lease_number, tlc_license_number, medallion_number, vehicle_plate, start_date and optionally ' +
      'end_date, status. A row for an existing lease changes its dates and status.',
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

  @Patch(':lease_id')
  @RequiresPermission('leases:manage')
  @ApiOperation({ summary: 'Change the dates or the status of a lease' })
  @ApiOkResponse({ type: LeaseResponse, headers: ENTITY_TAG })
  @ApiErrorResponses('VALIDATION_FAILED', 'LEASE_NOT_FOUND', 'LEASE_DATES_INVALID')
  update(
    @CurrentActor() actor: Actor,
    @Param() { lease_id }: LeaseParamsDto,
    @Body() changes: UpdateLeaseDto,
    @IfMatch() ifMatch?: Expected,
  ): Promise<LeaseResponse> {
    return this.updates.update(actor, lease_id, changes, ifMatch);
  }
}
