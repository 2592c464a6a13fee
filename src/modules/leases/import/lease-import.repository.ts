import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { LeaseStatus } from '../lease/lease-status.js';
import type { LeaseView } from '../lease/lease-view.sql.js';
import { FROM_LEASES, SELECT_LEASE } from '../lease/lease-view.sql.js';

export interface NewLease {
  readonly lease_number: string;
  readonly driver_id: number;
  readonly medallion_number: string;
  readonly vehicle_plate: string;
  readonly start_date: CalendarDate;
  readonly end_date: CalendarDate | null;
  readonly status: LeaseStatus;
}

const SELECT = `${SELECT_LEASE} ${FROM_LEASES} WHERE lease.lease_number = ANY($1) ORDER BY lease.id`;

const ADD = `
  INSERT INTO leases (lease_number, driver_id, medallion_id, vehicle_id, start_date, end_date, status, created_on,
    updated_on)
  SELECT row.lease_number, row.driver_id, medallion.id, vehicle.id, row.start_date, row.end_date, row.status, $2, $2
  FROM jsonb_to_recordset($1::jsonb) AS row (position integer, lease_number text, driver_id integer,
    medallion_number text, vehicle_plate text, start_date date, end_date date, status text)
  JOIN medallions medallion USING (medallion_number)
  JOIN vehicles vehicle ON vehicle.plate = row.vehicle_plate
  ORDER BY row.position
  ON CONFLICT (lease_number) DO NOTHING RETURNING lease_number`;

/** Reads and writes many leases in one statement. */
@Injectable()
export class LeaseImportRepository {
  find(tx: Tx, leaseNumbers: readonly string[]): Promise<LeaseView[]> {
    return tx.query(SELECT, [leaseNumbers]);
  }

  /** Returns the current leases, locked for a change until the transaction ends. */
  lock(tx: Tx, leaseNumbers: readonly string[]): Promise<LeaseView[]> {
    return tx.query(`${SELECT} FOR NO KEY UPDATE OF lease`, [leaseNumbers]);
  }

  /** Returns the numbers of the added leases. The others have been added by a concurrent transaction. */
  async add(tx: Tx, leases: readonly NewLease[], at: Date): Promise<string[]> {
    // Ordered, so that two transactions that insert the same cabs wait for each other instead of causing a deadlock
    await tx.query(
      `INSERT INTO medallions (medallion_number)
       SELECT DISTINCT number FROM unnest($1::text[]) AS number ORDER BY number ON CONFLICT DO NOTHING`,
      [leases.map(({ medallion_number }) => medallion_number)],
    );
    await tx.query(
      `INSERT INTO vehicles (plate)
       SELECT DISTINCT plate FROM unnest($1::text[]) AS plate ORDER BY plate ON CONFLICT DO NOTHING`,
      [leases.map(({ vehicle_plate }) => vehicle_plate)],
    );
    const rows = leases.map((lease, position) => ({ position, ...lease }));
    const added = await tx.query<{ lease_number: string }[]>(ADD, [JSON.stringify(rows), at]);
    return added.map(({ lease_number }) => lease_number);
  }

  async update(tx: Tx, leases: readonly LeaseView[], at: Date): Promise<void> {
    await tx.query(
      `UPDATE leases lease
       SET start_date = row.start_date, end_date = row.end_date, status = row.status, updated_on = $2
       FROM jsonb_to_recordset($1::jsonb) AS row (id integer, start_date date, end_date date, status text)
       WHERE lease.id = row.id`,
      [JSON.stringify(leases), at],
    );
  }
}
