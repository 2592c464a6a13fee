import { Injectable } from '@nestjs/common';
import { HealthCheckResult, HealthCheckService, HealthIndicatorResult } from '@nestjs/terminus';
import { HealthIndicatorService } from '@nestjs/terminus';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { ShutdownState } from '../http/shutdown-state.js';
import { HealthReport, HealthIndicatorRegistry } from './health-indicator-registry.js';
import { MigrationsQuery } from './migrations.query.js';

/** Shorter than a load balancer waits for the answer */
const TIMEOUT_MS = 2_000;

/** Whether this process should get requests: 503 takes it out of rotation, and only what another may do better does. */
@Injectable()
export class ReadinessService {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly migrations: MigrationsQuery,
    private readonly notices: HealthIndicatorRegistry,
    private readonly draining: ShutdownState,
  ) {}

  check(): Promise<HealthCheckResult> {
    return this.health.check([
      () => this.checkServer(),
      () => this.checkDatabase(),
      () => this.checkMigrations(),
      ...[...this.notices.all].map(
        ([part, ask]) =>
          () =>
            this.ask(part, ask),
      ),
    ]);
  }

  private checkServer(): HealthIndicatorResult {
    const server = this.indicators.check('server');
    return this.draining.isUnderWay ? server.down('is stopping') : server.up();
  }

  /** Without the driver's own message: it names the address of the server, and everybody may ask. */
  private async checkDatabase(): Promise<HealthIndicatorResult> {
    return this.indicators
      .check('database')
      .attempt(async () => {
        const answered = await this.dataSource.query<unknown[]>('SELECT 1').catch(() => null);
        if (answered === null) throw new Error('does not answer');
      })
      .withTimeout(TIMEOUT_MS);
  }

  /** A newer schema is none of its faults: while a release is rolled out, the replicas of the old one serve on. */
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

  private async ask(part: string, askPart: () => Promise<HealthReport>): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(part);
    const notice = await askPart().catch(() => null);
    if (notice === null) return indicator.degraded('cannot be read');
    return notice.isDegraded ? indicator.degraded(notice.details) : indicator.up(notice.details);
  }
}
