import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import type { RecordSource, RecordType } from '../../../platform/changes/recorded-change.js';
import { Page, selectPage, SqlRunner } from '../../../platform/database/page.js';
import { prepared } from '../../../platform/database/prepared.js';
import { idsOfMatchingDrivers } from '../../drivers/index.js';
import type { LeaseFilters, LeaseSort } from '../search/lease.filters.js';
import type { LeaseView } from './lease-view.sql.js';
import { FROM_LEASES, SELECT_LEASE } from './lease-view.sql.js';

/**
 * One branch per column, so that each uses its own index. starts_with instead of LIKE, so that the search text has no
 * wildcards. Medallion numbers and plates are in upper case.
 */
const MATCHING_LEASE_IDS = `
  SELECT id FROM leases WHERE starts_with(lower(lease_number COLLATE "und-x-icu"), lower($1 COLLATE "und-x-icu"))
  UNION ALL
  SELECT id FROM leases
  WHERE medallion_id IN (SELECT id FROM medallions WHERE starts_with(medallion_number, upper($1)))
  UNION ALL
  SELECT id FROM leases WHERE vehicle_id IN (SELECT id FROM vehicles WHERE starts_with(plate, upper($1)))
  UNION ALL
  SELECT id FROM leases WHERE driver_id IN (${idsOfMatchingDrivers('$1')})`;

const FILTERS = `
  WHERE ($1::text IS NULL OR lease.id = ANY (ARRAY(${MATCHING_LEASE_IDS})))
    AND ($2::int IS NULL OR lease.driver_id = $2)
    AND ($3::int IS NULL OR lease.medallion_id = $3)
    AND ($4::int IS NULL OR lease.vehicle_id = $4)
    AND ($5::text IS NULL OR lease.status = $5)`;

const BY_ID = prepared(`${SELECT_LEASE} ${FROM_LEASES} WHERE lease.id = $1`);

const SORT_COLUMNS: Readonly<Record<LeaseSort, readonly string[]>> = {
  created_on: ['lease.created_on', 'lease.id'],
  lease_number: ['lease.lease_number'],
  start_date: ['lease.start_date', 'lease.id'],
};

/** Leases in the audit log and in events */
export const LEASE: RecordType = { recordType: 'lease', viewVersion: 1 };

@Injectable()
export class LeaseQuery implements RecordSource<number, LeaseView> {
  readonly recordType = LEASE.recordType;
  readonly viewVersion = LEASE.viewVersion;

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  list(filters: LeaseFilters): Promise<Page<LeaseView>> {
    const direction = filters.sort_order === 'asc' ? 'ASC' : 'DESC';
    const { q, driver_id, medallion_id, vehicle_id, status } = filters;
    const sql = {
      select: SELECT_LEASE,
      from: FROM_LEASES + FILTERS,
      keySource: { from: `FROM leases lease ${FILTERS}`, key: 'lease.id' },
      orderBy: SORT_COLUMNS[filters.sort_by].map((column) => `${column} ${direction}`).join(', '),
      parameters: [q, driver_id, medallion_id, vehicle_id, status],
    };
    return selectPage<LeaseView>(this.dataSource, sql, filters);
  }

  /**
   * Throws LEASE_NOT_FOUND.
   * @param db the current transaction, to read its own changes
   */
  async get(id: number, db: SqlRunner = this.dataSource): Promise<LeaseView> {
    const [lease] = await db.query<LeaseView[]>(BY_ID, [id]);
    if (!lease) throw new DomainError('LEASE_NOT_FOUND', `There is no lease ${id}.`);
    return lease;
  }
}
