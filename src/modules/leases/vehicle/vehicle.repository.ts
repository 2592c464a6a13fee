import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { IdOrNumber } from './vehicle-assignment.js';

/** The statements for one of the two tables. Each has one parameter and returns ids. */
interface CabTable {
  readonly byId: string;
  readonly byNumber: string;
  readonly insert: string;
}

const MEDALLIONS: CabTable = {
  byId: 'SELECT id FROM medallions WHERE id = $1',
  byNumber: 'SELECT id FROM medallions WHERE medallion_number = $1',
  insert: 'INSERT INTO medallions (medallion_number) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id',
};

const VEHICLES: CabTable = {
  byId: 'SELECT id FROM vehicles WHERE id = $1',
  byNumber: 'SELECT id FROM vehicles WHERE plate = $1',
  insert: 'INSERT INTO vehicles (plate) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id',
};

/** Medallions and vehicles. The first lease with a new number or plate creates them; they are never deleted. */
@Injectable()
export class VehicleRepository {
  /**
   * Returns the id of the medallion, which is created if the number is new. Throws MEDALLION_UNKNOWN for an unknown id.
   */
  async medallionId(tx: Tx, reference: IdOrNumber): Promise<number> {
    const id = await resolve(tx, MEDALLIONS, reference);
    if (id !== undefined) return id;
    throw new DomainError('MEDALLION_UNKNOWN', `There is no medallion ${labelOf(reference)}.`);
  }

  /** Returns the id of the vehicle, which is created if the plate is new. Throws VEHICLE_UNKNOWN for an unknown id. */
  async vehicleId(tx: Tx, reference: IdOrNumber): Promise<number> {
    const id = await resolve(tx, VEHICLES, reference);
    if (id !== undefined) return id;
    throw new DomainError('VEHICLE_UNKNOWN', `There is no vehicle ${labelOf(reference)}.`);
  }

  /** Creates the medallions and vehicles that do not exist yet. */
  async makeAll(tx: Tx, medallionNumbers: readonly string[], plates: readonly string[]): Promise<void> {
    // The same order everywhere, so that two transactions that insert the same rows cannot deadlock
    await tx.query(
      `INSERT INTO medallions (medallion_number)
       SELECT DISTINCT number FROM unnest($1::text[]) AS number ORDER BY number ON CONFLICT DO NOTHING`,
      [medallionNumbers],
    );
    await tx.query(
      `INSERT INTO vehicles (plate)
       SELECT DISTINCT plate FROM unnest($1::text[]) AS plate ORDER BY plate ON CONFLICT DO NOTHING`,
      [plates],
    );
  }
}

async function resolve(tx: Tx, table: CabTable, reference: IdOrNumber): Promise<number | undefined> {
  if ('id' in reference) return selectId(tx, table.byId, reference.id);
  return (
    (await selectId(tx, table.byNumber, reference.number)) ??
    // If a concurrent transaction inserts it, this statement waits, and the last query finds the row
    (await selectId(tx, table.insert, reference.number)) ??
    (await selectId(tx, table.byNumber, reference.number))
  );
}

async function selectId(tx: Tx, sql: string, parameter: number | string): Promise<number | undefined> {
  const rows = await tx.query<{ id: number }[]>(sql, [parameter]);
  return rows[0]?.id;
}

function labelOf(reference: IdOrNumber): string {
  return 'id' in reference ? String(reference.id) : reference.number;
}
