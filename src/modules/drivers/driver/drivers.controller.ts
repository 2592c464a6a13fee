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
import { DriverImportService } from '../import/driver-import.service.js';
import { DriverCreationService } from './driver-creation.service.js';
import { DriverUpdateService } from './driver-update.service.js';
import { DriverQuery } from './driver.query.js';
import { DriverPage } from '../search/driver-page.response.js';
import { DriverResponse } from './driver.response.js';
import { UpdateDriverDto } from './update-driver.dto.js';
import { DriverListDto } from '../search/driver-list.dto.js';
import { DriverParamsDto } from './driver-params.dto.js';
import { CreateDriverDto } from './create-driver.dto.js';

@ApiTags('Drivers')
@Controller('drivers')
export class DriversController {
  constructor(
    private readonly query: DriverQuery,
    private readonly creation: DriverCreationService,
    private readonly updates: DriverUpdateService,
    private readonly imports: DriverImportService,
  ) {}

  @Get()
  @RequiresPermission('drivers:view')
  @ApiOperation({ summary: 'Find drivers by TLC license number or by name' })
  @ApiOkResponse({ type: DriverPage })
  @ApiErrorResponses('VALIDATION_FAILED')
  list(@Query() filters: DriverListDto): Promise<Page<DriverResponse>> {
    return this.query.list(filters);
  }

  @Get(':driver_id')
  @RequiresPermission('drivers:view')
  @ApiOperation({ summary: 'Get a driver' })
  @WithETag()
  @ApiOkResponse({ type: DriverResponse, headers: ENTITY_TAG })
  @ApiErrorResponses('VALIDATION_FAILED', 'DRIVER_NOT_FOUND')
  get(@Param() { driver_id }: DriverParamsDto): Promise<DriverResponse> {
    return this.query.get(driver_id);
  }

  @Post()
  @RequiresPermission('drivers:manage')
  @ApiOperation({ summary: 'Create a driver' })
  @ApiCreatedResponse({ type: DriverResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'TLC_LICENSE_TAKEN')
  create(
    @CurrentActor() actor: Actor,
    @Body() newDriver: CreateDriverDto,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<DriverResponse> {
    return this.creation.register(actor, newDriver, request);
  }

  @Post('import')
  @HttpCode(200)
  @CsvBody()
  @RequiresPermission('drivers:manage')
  @ApiOperation({
    summary: 'Create and update drivers from a CSV file',
    description:
      'Columns: tlc_license_number, first_name, last_name and optionally phone, email, status; or those of the ' +
      'city\'s open list "Medallion Drivers - Active".',
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

  @Patch(':driver_id')
  @RequiresPermission('drivers:manage')
  @ApiOperation({ summary: 'Update a driver' })
  @ApiOkResponse({ type: DriverResponse, headers: ENTITY_TAG })
  @ApiErrorResponses('VALIDATION_FAILED', 'DRIVER_NOT_FOUND', 'TLC_LICENSE_TAKEN')
  update(
    @CurrentActor() actor: Actor,
    @Param() { driver_id }: DriverParamsDto,
    @Body() changes: UpdateDriverDto,
    @IfMatch() ifMatch?: Expected,
  ): Promise<DriverResponse> {
    return this.updates.update(actor, driver_id, changes, ifMatch);
  }
}
