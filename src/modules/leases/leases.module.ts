import { Module } from '@nestjs/common';
import { DriversModule } from '../drivers/index.js';
import { registerChecks } from '../../platform/integrity/integrity-checks.js';
import { LeasesController } from './lease/leases.controller.js';
import { LeaseAmendmentService } from './lease/lease-update.service.js';
import { LeaseDirectory } from './lease/lease-query.service.js';
import { LeaseImportService } from './import/lease-import.service.js';
import { LeaseSigningService } from './lease/lease-creation.service.js';
import { LeaseQuery } from './lease/lease.query.js';
import { SEALED_LEASES } from './lease/sealed-leases.query.js';
import { CabRepository } from './vehicle/vehicle.repository.js';
import { LeaseImportRepository } from './import/lease-import.repository.js';
import { LeaseRepository } from './lease/lease.repository.js';

/** Which driver leases which cab, from when to when. */
@Module({
  imports: [DriversModule],
  controllers: [LeasesController],
  providers: [
    LeaseRepository,
    CabRepository,
    LeaseImportRepository,
    LeaseQuery,
    LeaseDirectory,
    LeaseSigningService,
    LeaseAmendmentService,
    LeaseImportService,
    registerChecks(...SEALED_LEASES),
  ],
  exports: [LeaseDirectory, LeaseSigningService, LeaseImportService],
})
export class LeasesModule {}
