import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/transactions.js';
import type { DriverView } from '../driver/driver.view.js';

/** The fields of a driver that an import writes: all except those that the database sets. */
export type DriverFields = Omit<DriverView, 'id' | 'created_on' | 'updated_on'>;

const COLUMNS = 'id, tlc_license_number, first_name, last_name, phone, email, status, created_on, updated_on';

/** The rows of a statement, from one JSON parameter. */
const ROWS = `jsonb_to_recordset($1::jsonb) AS row (id integer, tlc_license_number text, first_name text,
  last_name text, phone text, email text, status text)`;

/** Reads and writes many drivers in one statement. */
@Injectable()
export class DriverImportRepository {
  find(tx: Tx, licenses: readonly string[]): Promise<DriverView[]> {
    return tx.query(`SELECT ${COLUMNS} FROM drivers WHERE tlc_license_number = ANY($1)`, [licenses]);
  }

  /** Returns the current drivers, locked for a change until the transaction ends. */
  lock(tx: Tx, ids: readonly number[]): Promise<DriverView[]> {
    return tx.query(`SELECT ${COLUMNS} FROM drivers WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE`, [ids]);
  }

  /** Returns the added drivers. The others have been added by a concurrent transaction. */
  add(tx: Tx, drivers: readonly DriverFields[], at: Date): Promise<DriverView[]> {
    return tx.query(
      `INSERT INTO drivers (tlc_license_number, first_name, last_name, phone, email, status, created_on, updated_on)
       SELECT tlc_license_number, first_name, last_name, phone, email, status, $2, $2 FROM ${ROWS}
       ON CONFLICT (tlc_license_number) DO NOTHING RETURNING ${COLUMNS}`,
      [JSON.stringify(drivers), at],
    );
  }

  /** Returns the updated drivers. */
  update(tx: Tx, drivers: readonly (DriverFields & { id: number })[], at: Date): Promise<DriverView[]> {
    return tx.query(
      `WITH updated AS (
         UPDATE drivers driver
         SET first_name = row.first_name, last_name = row.last_name, phone = row.phone, email = row.email,
             status = row.status, updated_on = $2
         FROM ${ROWS} WHERE driver.id = row.id
         RETURNING driver.*)
       SELECT ${COLUMNS} FROM updated`,
      [JSON.stringify(drivers), at],
    );
  }
}
