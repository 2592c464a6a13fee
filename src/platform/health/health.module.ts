import { Global, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { Draining } from '../http/draining.js';
import { HealthController } from './health.controller.js';
import { HealthNotices } from './health-notices.js';
import { MigrationsQuery } from './migrations.query.js';
import { ReadinessService } from './readiness.service.js';

/** Global: whoever has something to say about the service's health registers it with HealthNotices. */
@Global()
@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [Draining, HealthNotices, MigrationsQuery, ReadinessService],
  exports: [HealthNotices],
})
export class HealthModule {}
