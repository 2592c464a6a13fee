import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../kernel/access/actor.js';
import type { Page } from '../../../platform/database/page.js';
import { AnswersEntityTag, ENTITY_TAG } from '../../../platform/http/answers-entity-tag.decorator.js';
import { CurrentActor } from '../../../platform/http/current-actor.decorator.js';
import type { IfMatch as Expected } from '../../../platform/http/entity-tag.js';
import { IfMatch } from '../../../platform/http/if-match.decorator.js';
import { Refuses } from '../../../platform/http/refusals.decorator.js';
import { RequiresPermission } from '../../../platform/http/requires-permission.decorator.js';
import { IdempotencyKey } from '../../../platform/idempotency/idempotency-key.decorator.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import type { CsvFile } from '../../../platform/import/csv-file.js';
import { ImportQueryDto } from '../../../platform/import/import-query.dto.js';
import { ImportReportResponse } from '../../../platform/import/import-report.response.js';
import { TakesCsv, UploadedCsv } from '../../../platform/import/takes-csv.decorator.js';
import { DriverImportService } from '../import/driver-import.service.js';
import { DriverRegistrationService } from './driver-creation.service.js';
import { DriverUpdateService } from './driver-update.service.js';
import { DriverQuery } from './driver.query.js';
import { DriverPage } from './driver-page.response.js';
import { DriverResponse } from './driver.response.js';
import { DriverChangesDto } from './update-driver.dto.js';
import { DriverListQueryDto } from './driver-list.dto.js';
import { DriverParamsDto } from './driver-params.dto.js';
import { NewDriverDto } from './create-driver.dto.js';

@ApiTags('Drivers')
@Controller('drivers')
export class DriversController {
  constructor(
    private readonly query: DriverQuery,
    private readonly registration: DriverRegistrationService,
    private readonly updates: DriverUpdateService,
    private readonly imports: DriverImportService,
  ) {}

  @Get()
  @RequiresPermission('drivers:view')
  @ApiOperation({ summary: 'Find drivers by TLC license number or by name' })
  @ApiOkResponse({ type: DriverPage })
  @Refuses('VALIDATION_FAILED')
  list(@Query() filters: DriverListQueryDto): Promise<Page<DriverResponse>> {
    return this.query.list(filters);
  }

  @Get(':driver_id')
  @RequiresPermission('drivers:view')
  @ApiOperation({ summary: 'One driver' })
  @AnswersEntityTag()
  @ApiOkResponse({ type: DriverResponse, headers: ENTITY_TAG })
  @Refuses('VALIDATION_FAILED', 'DRIVER_NOT_FOUND')
  get(@Param() { driver_id }: DriverParamsDto): Promise<DriverResponse> {
    return this.query.get(driver_id);
  }

  @Post()
  @RequiresPermission('drivers:manage')
  @ApiOperation({ summary: 'Register a driver' })
  @ApiCreatedResponse({ type: DriverResponse })
  @Refuses('VALIDATION_FAILED', 'TLC_LICENSE_TAKEN')
  register(
    @CurrentActor() actor: Actor,
    @Body() newDriver: NewDriverDto,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<DriverResponse> {
    return this.registration.register(actor, newDriver, request);
  }

  @Post('import')
  @HttpCode(200)
  @TakesCsv()
  @RequiresPermission('drivers:manage')
  @ApiOperation({
    summary: 'Register and update drivers from a CSV file',
    description:
      'Columns: tlc_license_number, first_name, last_name and, where wanted, phone, email, status; or those of the ' +
      'city\'s open list "Medallion Drivers - Active".',
  })
  @ApiOkResponse({ type: ImportReportResponse })
  @Refuses('VALIDATION_FAILED')
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
  @ApiOperation({ summary: 'Change the fields given of a driver' })
  @ApiOkResponse({ type: DriverResponse, headers: ENTITY_TAG })
  @Refuses('VALIDATION_FAILED', 'DRIVER_NOT_FOUND', 'TLC_LICENSE_TAKEN')
  update(
    @CurrentActor() actor: Actor,
    @Param() { driver_id }: DriverParamsDto,
    @Body() changes: DriverChangesDto,
    @IfMatch() ifMatch?: Expected,
  ): Promise<DriverResponse> {
    return this.updates.update(actor, driver_id, changes, ifMatch);
  }
}
