import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { SqlRunner } from '../../../platform/database/page.js';
import { prepared } from '../../../platform/database/prepared.js';

/** The driver, lease and cab of an account, as a statement prints them. */
export interface AccountHolder {
  readonly first_name: string;
  readonly last_name: string;
  readonly tlc_license_number: string;
  readonly lease_number: string;
  readonly medallion_number: string;
  readonly vehicle_plate: string;
}

const EXISTS = prepared('SELECT 1 FROM leases WHERE driver_id = $1 AND id = $2');

const HOLDER = prepared(`
  SELECT d.first_name, d.last_name, d.tlc_license_number, le.lease_number, m.medallion_number,
         v.plate AS vehicle_plate
  FROM leases le
  JOIN drivers d ON d.id = le.driver_id
  JOIN medallions m ON m.id = le.medallion_id
  JOIN vehicles v ON v.id = le.vehicle_id
  WHERE le.driver_id = $1 AND le.id = $2`);

/** Reads accounts. An account is a driver with one of the driver's leases. */
@Injectable()
export class AccountQuery {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Whether the driver has the lease. */
  async exists(driverId: number, leaseId: number, db: SqlRunner = this.dataSource): Promise<boolean> {
    const rows = await db.query<unknown[]>(EXISTS, [driverId, leaseId]);
    return rows.length > 0;
  }

  /** Returns null if the driver does not have the lease. */
  async findHolder(driverId: number, leaseId: number, db: SqlRunner): Promise<AccountHolder | null> {
    const rows = await db.query<AccountHolder[]>(HOLDER, [driverId, leaseId]);
    return rows[0] ?? null;
  }
}
