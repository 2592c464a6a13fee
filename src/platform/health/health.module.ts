import { Global, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { ShutdownState } from '../http/shutdown-state.js';
import { HealthController } from './health.controller.js';
import { HealthIndicatorRegistry } from './health-indicator-registry.js';
import { MigrationsQuery } from './migrations.query.js';
import { ReadinessService } from './readiness.service.js';

/** Global, so that every module can register an indicator with HealthIndicatorRegistry. */
@Global()
@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [ShutdownState, HealthIndicatorRegistry, MigrationsQuery, ReadinessService],
  exports: [HealthIndicatorRegistry],
})
export class HealthModule {}
