import { DynamicModule, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import type { DestinationStream } from 'pino';
import { AuditModule } from './modules/audit/index.js';
import { AuthModule } from './modules/auth/index.js';
import { DriversModule } from './modules/drivers/index.js';
import { LeasesModule } from './modules/leases/index.js';
import { LedgerModule, SealLinkingModule, SettlementJobsModule } from './modules/ledger/index.js';
import { LoansModule, WeeklyPostingModule } from './modules/loans/index.js';
import { UsersModule } from './modules/users/index.js';
import { HealthModule } from './platform/health/health.module.js';
import { RateLimitModule } from './platform/http/limits/rate-limit.module.js';
import { loggerOptions } from './platform/logging/logger-options.js';
import { MetricsModule } from './platform/metrics/metrics.module.js';
import { PlatformModule, AppContext } from './platform/platform.module.js';
import { SchedulingModule } from './platform/scheduling/scheduling.module.js';

/** The service: all modules, with the settings and connections of this process. */
@Module({})
export class AppModule {
  static forRoot(appContext: AppContext, logStream: DestinationStream): DynamicModule {
    return {
      module: AppModule,
      imports: [
        LoggerModule.forRoot(loggerOptions(appContext.config.LOG_LEVEL, logStream)),
        PlatformModule.forRoot(appContext),
        SchedulingModule,
        HealthModule,
        MetricsModule,
        UsersModule,
        AuthModule,
        // after AuthModule, so that the rate limit knows the user who sends the request
        RateLimitModule,
        AuditModule,
        DriversModule,
        LeasesModule,
        LedgerModule,
        LoansModule,
        SealLinkingModule,
        SettlementJobsModule,
        WeeklyPostingModule,
      ],
    };
  }
}
