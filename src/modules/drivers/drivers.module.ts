import { Module } from '@nestjs/common';
import { DriverDirectory } from './driver-directory.service.js';
import { DriverRegistrationService } from './driver-registration.service.js';
import { DriverUpdateService } from './driver-update.service.js';
import { DriversController } from './http/drivers.controller.js';
import { DriverQuery } from './queries/driver.query.js';
import { DriverRepository } from './repositories/driver.repository.js';

/** The drivers to whom the fleet leases and lends. */
@Module({
  controllers: [DriversController],
  providers: [DriverRepository, DriverQuery, DriverDirectory, DriverRegistrationService, DriverUpdateService],
  exports: [DriverDirectory, DriverRegistrationService],
})
export class DriversModule {}
