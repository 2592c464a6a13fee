import { Module } from '@nestjs/common';
import { registerChecks } from '../../platform/integrity/integrity-checks.js';
import { DriverDirectory } from './driver-directory.service.js';
import { DriverImportService } from './driver-import.service.js';
import { DriverRegistrationService } from './driver-registration.service.js';
import { DriverUpdateService } from './driver-update.service.js';
import { DriversController } from './http/drivers.controller.js';
import { DriverQuery } from './queries/driver.query.js';
import { SEALED_DRIVERS } from './queries/sealed-drivers.js';
import { DriverImportRepository } from './repositories/driver-import.repository.js';
import { DriverRepository } from './repositories/driver.repository.js';

/** The drivers to whom the fleet leases and lends. */
@Module({
  controllers: [DriversController],
  providers: [
    DriverRepository,
    DriverImportRepository,
    DriverQuery,
    DriverDirectory,
    DriverRegistrationService,
    DriverUpdateService,
    DriverImportService,
    registerChecks(...SEALED_DRIVERS),
  ],
  exports: [DriverDirectory, DriverRegistrationService, DriverImportService],
})
export class DriversModule {}
