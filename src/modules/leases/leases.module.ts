import { Module } from '@nestjs/common';
import { DriversModule } from '../drivers/index.js';
import { registerChecks } from '../../platform/integrity/integrity-checks.js';
import { LeasesController } from './lease/leases.controller.js';
import { LeaseUpdateService } from './lease/lease-update.service.js';
import { LeaseQueryService } from './lease/lease-query.service.js';
import { LeaseImportService } from './import/lease-import.service.js';
import { LeaseCreationService } from './lease/lease-creation.service.js';
import { LeaseQuery } from './lease/lease.query.js';
import { SEALED_LEASES } from './integrity/sealed-leases.query.js';
import { VehicleRepository } from './vehicle/vehicle.repository.js';
import { LeaseImportRepository } from './import/lease-import.repository.js';
import { LeaseRepository } from './lease/lease.repository.js';

/** Leases: which driver leases which cab, and when. */
@Module({
  imports: [DriversModule],
  controllers: [LeasesController],
  providers: [
    LeaseRepository,
    VehicleRepository,
    LeaseImportRepository,
    LeaseQuery,
    LeaseQueryService,
    LeaseCreationService,
    LeaseUpdateService,
    LeaseImportService,
    registerChecks(...SEALED_LEASES),
  ],
  exports: [LeaseQueryService, LeaseCreationService, LeaseImportService],
})
export class LeasesModule {}
