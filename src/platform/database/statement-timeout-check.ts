import { Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AppConfig } from '../config/app-config.js';

/** Warns at the start where the limit of a statement's time does not hold: a pooler in between keeps it from the server. */
@Injectable()
export class StatementTimeoutCheck implements OnApplicationBootstrap {
  private readonly logger = new Logger(StatementTimeoutCheck.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: AppConfig,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const asked = this.config.DATABASE_STATEMENT_TIMEOUT_SECONDS;
    const [row] = await this.dataSource.query<[{ seconds: number }]>(
      `SELECT extract(epoch FROM current_setting('statement_timeout')::interval)::float8 AS seconds`,
    );
    if (row.seconds === asked) return;
    const inForce = row.seconds === 0 ? 'no limit' : `${row.seconds} seconds`;
    this.logger.warn(
      `DATABASE_STATEMENT_TIMEOUT_SECONDS is ${asked}, but ${inForce} is in force: behind a pooler set it on the role (docs/scaling.md)`,
    );
  }
}
