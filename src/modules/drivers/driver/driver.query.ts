import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import type { RecordSource, RecordType } from '../../../platform/changes/recorded-change.js';
import { Page, selectPage, SqlRunner } from '../../../platform/database/page.js';
import { prepared } from '../../../platform/database/prepared.js';
import { driverMatches } from '../search/driver-search.sql.js';
import type { DriverFilters, DriverSort } from '../search/driver.filters.js';
import type { DriverView } from './driver.view.js';

const SELECT_DRIVER = `
  SELECT id, tlc_license_number, first_name, last_name, phone, email, status, created_on, updated_on`;

const MATCHING_DRIVERS = `
  FROM drivers
  WHERE ($1::text IS NULL OR ${driverMatches('drivers', '$1')})
    AND ($2::text IS NULL OR tlc_license_number = $2)
    AND ($3::text IS NULL OR status = $3)`;

const BY_ID = prepared(`${SELECT_DRIVER} FROM drivers WHERE id = $1`);

/** The collation sorts names as people expect: de la Cruz before Díaz, Ångström next to Anders. */
const SORT_COLUMNS: Readonly<Record<DriverSort, readonly string[]>> = {
  last_name: ['last_name COLLATE "und-x-icu"', 'first_name COLLATE "und-x-icu"', 'id'],
  tlc_license_number: ['tlc_license_number'],
  created_on: ['created_on', 'id'],
};

/** Drivers in the audit log and in events */
export const DRIVER: RecordType = { recordType: 'driver', viewVersion: 1 };

@Injectable()
export class DriverQuery implements RecordSource<number, DriverView> {
  readonly recordType = DRIVER.recordType;
  readonly viewVersion = DRIVER.viewVersion;

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  list(filters: DriverFilters): Promise<Page<DriverView>> {
    const direction = filters.sort_order === 'asc' ? 'ASC' : 'DESC';
    const sql = {
      select: SELECT_DRIVER,
      from: MATCHING_DRIVERS,
      orderBy: SORT_COLUMNS[filters.sort_by].map((column) => `${column} ${direction}`).join(', '),
      parameters: [filters.q, filters.tlc_license_number, filters.status],
    };
    return selectPage<DriverView>(this.dataSource, sql, filters);
  }

  /**
   * Throws DRIVER_NOT_FOUND.
   * @param db the current transaction, to read its own changes
   */
  async get(id: number, db: SqlRunner = this.dataSource): Promise<DriverView> {
    const [driver] = await db.query<DriverView[]>(BY_ID, [id]);
    if (!driver) throw new DomainError('DRIVER_NOT_FOUND', `There is no driver ${id}.`);
    return driver;
  }
}
