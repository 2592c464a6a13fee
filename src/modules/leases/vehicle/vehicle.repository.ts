import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { RecordChoice } from './vehicle-assignment.js';

/** The statements for one of the two tables. Each takes one parameter and returns ids. */
interface CabTable {
  readonly byId: string;
  readonly byNumber: string;
  readonly make: string;
}

const MEDALLIONS: CabTable = {
  byId: 'SELECT id FROM medallions WHERE id = $1',
  byNumber: 'SELECT id FROM medallions WHERE medallion_number = $1',
  make: 'INSERT INTO medallions (medallion_number) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id',
};

const VEHICLES: CabTable = {
  byId: 'SELECT id FROM vehicles WHERE id = $1',
  byNumber: 'SELECT id FROM vehicles WHERE plate = $1',
  make: 'INSERT INTO vehicles (plate) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id',
};

/** Medallions and vehicles. They come into being with the first lease that names them, and never go. */
@Injectable()
export class VehicleRepository {
  /** The id of the medallion; made where the number is new. Throws MEDALLION_UNKNOWN for an id that is none. */
  async medallionId(tx: Tx, choice: RecordChoice): Promise<number> {
    const id = await resolve(tx, MEDALLIONS, choice);
    if (id !== undefined) return id;
    throw new DomainError('MEDALLION_UNKNOWN', `There is no medallion ${labelOf(choice)}.`);
  }

  /** The id of the vehicle; made where the plate is new. Throws VEHICLE_UNKNOWN for an id that is none. */
  async vehicleId(tx: Tx, choice: RecordChoice): Promise<number> {
    const id = await resolve(tx, VEHICLES, choice);
    if (id !== undefined) return id;
    throw new DomainError('VEHICLE_UNKNOWN', `There is no vehicle ${labelOf(choice)}.`);
  }

  /** Makes those of the medallions and vehicles that are new. */
  async makeAll(tx: Tx, medallionNumbers: readonly string[], plates: readonly string[]): Promise<void> {
    // In one order everywhere: of two that make the same ones, one waits, and neither for the other
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

async function resolve(tx: Tx, table: CabTable, choice: RecordChoice): Promise<number | undefined> {
  if ('id' in choice) return selectId(tx, table.byId, choice.id);
  return (
    (await selectId(tx, table.byNumber, choice.number)) ??
    // Where another lease makes it at this moment, ours waits here and then finds it by the last look
    (await selectId(tx, table.make, choice.number)) ??
    (await selectId(tx, table.byNumber, choice.number))
  );
}

async function selectId(tx: Tx, sql: string, parameter: number | string): Promise<number | undefined> {
  const rows = await tx.query<{ id: number }[]>(sql, [parameter]);
  return rows[0]?.id;
}

function labelOf(choice: RecordChoice): string {
  return 'id' in choice ? String(choice.id) : choice.number;
}
