import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';

interface MigrationState {
  /** Known to this release, but not run */
  readonly pending: number;
  /** Run, but not known to this release: a newer release is being rolled out */
  readonly newer: number;
}

@Injectable()
export class MigrationsQuery {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async compare(): Promise<MigrationState> {
    const rows = await this.dataSource.query<{ name: string }[]>('SELECT name FROM schema_migrations');
    const ran = new Set(rows.map(({ name }) => name));
    const known = new Set(this.dataSource.migrations.map((step) => step.name ?? step.constructor.name));
    return {
      pending: [...known].filter((name) => !ran.has(name)).length,
      newer: [...ran].filter((name) => !known.has(name)).length,
    };
  }
}
