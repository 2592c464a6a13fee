import { Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AppConfig } from '../config/app-config.js';

/**
 * Logs a warning at the start if the statement time limit is not in force, for example because a pooler does not
 * pass it to the server.
 */
@Injectable()
export class StatementTimeoutCheck implements OnApplicationBootstrap {
  private readonly logger = new Logger(StatementTimeoutCheck.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: AppConfig,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const expected = this.config.DATABASE_STATEMENT_TIMEOUT_SECONDS;
    const [row] = await this.dataSource.query<[{ seconds: number }]>(
      `SELECT extract(epoch FROM current_setting('statement_timeout')::interval)::float8 AS seconds`,
    );
    if (row.seconds === expected) return;
    const inForce = row.seconds === 0 ? 'no limit' : `${row.seconds} seconds`;
    this.logger.warn(
      `DATABASE_STATEMENT_TIMEOUT_SECONDS is ${expected}, but ${inForce} is in force: behind a pooler set it on the role (docs/scaling.md)`,
    );
  }
}
