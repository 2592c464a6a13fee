import { Injectable } from '@nestjs/common';
import { HealthCheckResult, HealthCheckService, HealthIndicatorResult } from '@nestjs/terminus';
import { HealthIndicatorService } from '@nestjs/terminus';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { ShutdownState } from '../http/shutdown-state.js';
import { HealthReport, HealthIndicatorRegistry } from './health-indicator-registry.js';
import { MigrationsQuery } from './migrations.query.js';

/** Shorter than the timeout of a load balancer */
const TIMEOUT_MS = 2_000;

/**
 * Whether this process should receive requests. 503 takes it out of rotation, so only problems that another replica
 * may not have cause it.
 */
@Injectable()
export class ReadinessService {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly migrations: MigrationsQuery,
    private readonly registry: HealthIndicatorRegistry,
    private readonly shutdown: ShutdownState,
  ) {}

  check(): Promise<HealthCheckResult> {
    return this.health.check([
      () => this.checkServer(),
      () => this.checkDatabase(),
      () => this.checkMigrations(),
      ...[...this.registry.all].map(
        ([part, check]) =>
          () =>
            this.checkIndicator(part, check),
      ),
    ]);
  }

  private checkServer(): HealthIndicatorResult {
    const server = this.indicators.check('server');
    return this.shutdown.hasBegun ? server.down('is stopping') : server.up();
  }

  /** Without the message of the driver: it contains the address of the server, and this endpoint is public. */
  private async checkDatabase(): Promise<HealthIndicatorResult> {
    return this.indicators
      .check('database')
      .attempt(async () => {
        const answered = await this.dataSource.query<unknown[]>('SELECT 1').catch(() => null);
        if (answered === null) throw new Error('does not answer');
      })
      .withTimeout(TIMEOUT_MS);
  }

  /** A newer schema is not a failure: during a rollout the replicas of the old release keep serving. */
  private async checkMigrations(): Promise<HealthIndicatorResult> {
    return this.indicators
      .check('migrations')
      .attempt(async () => {
        const state = await this.migrations.compare().catch(() => null);
        if (state === null) throw new Error('cannot be read');
        if (state.pending > 0) throw new Error(`${state.pending} have not run`);
        return { ...state };
      })
      .withTimeout(TIMEOUT_MS);
  }

  private async checkIndicator(
    part: string,
    checkPart: () => Promise<HealthReport>,
  ): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(part);
    const report = await checkPart().catch(() => null);
    if (report === null) return indicator.degraded('cannot be read');
    return report.isDegraded ? indicator.degraded(report.details) : indicator.up(report.details);
  }
}
