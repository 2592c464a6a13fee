import { Module } from '@nestjs/common';
import { DriversModule } from '../drivers/index.js';
import { registerChecks } from '../../platform/integrity/integrity-checks.js';
import { LeasesController } from './http/leases.controller.js';
import { LeaseAmendmentService } from './lease-amendment.service.js';
import { LeaseDirectory } from './lease-directory.service.js';
import { LeaseImportService } from './lease-import.service.js';
import { LeaseSigningService } from './lease-signing.service.js';
import { LeaseQuery } from './queries/lease.query.js';
import { SEALED_LEASES } from './queries/sealed-leases.js';
import { CabRepository } from './repositories/cab.repository.js';
import { LeaseImportRepository } from './repositories/lease-import.repository.js';
import { LeaseRepository } from './repositories/lease.repository.js';

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
