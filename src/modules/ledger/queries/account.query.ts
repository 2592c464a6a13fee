import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';

/** The account of the ledger's lines: a driver under one of the driver's leases. */
@Injectable()
export class AccountQuery {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Whether the driver has the lease. */
  async exists(driverId: number, leaseId: number): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(
      'SELECT 1 FROM leases WHERE driver_id = $1 AND id = $2',
      [driverId, leaseId],
    );
    return rows.length > 0;
  }
}
