import { Module } from '@nestjs/common';
import { registerChecks } from '../../platform/integrity/integrity-checks.js';
import { DriverQueryService } from './driver/driver-query.service.js';
import { DriverImportService } from './import/driver-import.service.js';
import { DriverCreationService } from './driver/driver-creation.service.js';
import { DriverUpdateService } from './driver/driver-update.service.js';
import { DriversController } from './driver/drivers.controller.js';
import { DriverQuery } from './driver/driver.query.js';
import { SEALED_DRIVERS } from './integrity/sealed-drivers.query.js';
import { DriverImportRepository } from './import/driver-import.repository.js';
import { DriverRepository } from './driver/driver.repository.js';

/** The drivers of the fleet. */
@Module({
  controllers: [DriversController],
  providers: [
    DriverRepository,
    DriverImportRepository,
    DriverQuery,
    DriverQueryService,
    DriverCreationService,
    DriverUpdateService,
    DriverImportService,
    registerChecks(...SEALED_DRIVERS),
  ],
  exports: [DriverQueryService, DriverCreationService, DriverImportService],
})
export class DriversModule {}
