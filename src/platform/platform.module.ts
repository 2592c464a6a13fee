import { DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Clock } from '../kernel/clock/clock.js';
import { AuditLog } from './audit/audit-log.js';
import { AuditQuery } from './audit/audit.query.js';
import { Changes } from './changes/changes.js';
import { AppConfig } from './config/app-config.js';
import { dataSourceOptions } from './database/data-source-options.js';
import { DirectDataSource } from './database/client/direct-data-source.js';
import { RowStreams } from './database/row-streams.js';
import { ServiceRoleCheck } from './database/roles/service-role-check.js';
import { StatementTimeoutCheck } from './database/statement-timeout-check.js';
import { WorkLocks } from './database/work-locks.js';
import { HeavyWork } from './http/limits/heavy-work.js';
import { CsvImports } from './import/csv-imports.js';
import { ImportKeysRepository } from './import/import-keys.repository.js';
import { Transactions } from './database/transactions.js';
import { Outbox } from './outbox/outbox.js';
import { PdfThread } from './pdf/pdf-thread.js';
import { GaugeCollectors } from './metrics/gauge-collectors.js';
import { Exports } from './export/exports.js';
import { IntegrityChecks } from './integrity/integrity-checks.js';
import { SchemaCheck } from './integrity/schema-check.js';

/** The context of a process: its settings, clock and database. */
export interface AppContext {
  readonly config: AppConfig;
  readonly clock: Clock;
  /** Connects as the service role, which cannot change the schema */
  readonly databaseUrl: string;
  /** Key for signing access tokens. Never log it. */
  readonly jwtSecret: string;
}

/** Additional context for start and seeding. Modules never receive it. */
export interface OwnerAppContext extends AppContext {
  /** Connects as the owner of the tables. The same as databaseUrl if there is only one role. */
  readonly ownerUrl: string;
}

export const JWT_SECRET = Symbol('JWT_SECRET');

/** The technical services that every module may inject. */
@Module({})
export class PlatformModule {
  static forRoot({ config, clock, databaseUrl, jwtSecret }: AppContext): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({ retryAttempts: 3, retryDelay: 1_000 }),
          dataSourceFactory: () =>
            new DirectDataSource(
              dataSourceOptions({
                url: databaseUrl,
                poolSize: config.DATABASE_POOL_SIZE,
                poolOverflow: config.DATABASE_POOL_OVERFLOW,
                statementTimeoutSeconds: config.DATABASE_STATEMENT_TIMEOUT_SECONDS,
                preparedStatements: config.DATABASE_PREPARED_STATEMENTS,
              }),
            ).initialize(),
        }),
      ],
      providers: [
        { provide: AppConfig, useValue: config },
        { provide: Clock, useValue: clock },
        { provide: JWT_SECRET, useValue: jwtSecret },
        { provide: WorkLocks, useValue: new WorkLocks(databaseUrl) },
        ServiceRoleCheck,
        StatementTimeoutCheck,
        Transactions,
        AuditLog,
        AuditQuery,
        Outbox,
        Changes,
        GaugeCollectors,
        RowStreams,
        HeavyWork,
        PdfThread,
        Exports,
        ImportKeysRepository,
        CsvImports,
        IntegrityChecks,
        SchemaCheck,
      ],
      exports: [
        AppConfig,
        Clock,
        JWT_SECRET,
        Transactions,
        Changes,
        AuditQuery,
        GaugeCollectors,
        Exports,
        PdfThread,
        HeavyWork,
        CsvImports,
        IntegrityChecks,
        SchemaCheck,
        WorkLocks,
      ],
    };
  }
}
