import { DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Clock } from '../kernel/clock/clock.js';
import { AuditLog } from './audit/audit-log.js';
import { AuditQuery } from './audit/audit.query.js';
import { AppConfig } from './config/app-config.js';
import { dataSourceOptions } from './database/data-source-options.js';
import { RowStreams } from './database/row-streams.js';
import { StatementTimeoutCheck } from './database/statement-timeout-check.js';
import { Transactions } from './database/transactions.js';
import { DatabaseReadings } from './metrics/database-readings.js';
import { Exports } from './export/exports.js';

/** What one process runs on: its settings, its clock and its database. */
export interface Surroundings {
  readonly config: AppConfig;
  readonly clock: Clock;
  readonly databaseUrl: string;
  /** Signs the access tokens. Never logged. */
  readonly jwtSecret: string;
}

export const JWT_SECRET = Symbol('JWT_SECRET');

/** The technical services that every module may inject. */
@Module({})
export class PlatformModule {
  static forRoot({ config, clock, databaseUrl, jwtSecret }: Surroundings): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      imports: [
        TypeOrmModule.forRoot({
          ...dataSourceOptions({
            url: databaseUrl,
            poolSize: config.DATABASE_POOL_SIZE,
            poolOverflow: config.DATABASE_POOL_OVERFLOW,
            statementTimeoutSeconds: config.DATABASE_STATEMENT_TIMEOUT_SECONDS,
          }),
          retryAttempts: 3,
          retryDelay: 1_000,
        }),
      ],
      providers: [
        { provide: AppConfig, useValue: config },
        { provide: Clock, useValue: clock },
        { provide: JWT_SECRET, useValue: jwtSecret },
        StatementTimeoutCheck,
        Transactions,
        AuditLog,
        AuditQuery,
        DatabaseReadings,
        RowStreams,
        Exports,
      ],
      exports: [AppConfig, Clock, JWT_SECRET, Transactions, AuditLog, AuditQuery, DatabaseReadings, Exports],
    };
  }
}
