import type { FieldError } from '../../../kernel/errors/domain-error.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';

/** Names a medallion or a vehicle: one that we know, by its id, or any, by its number (or plate). */
export type RecordChoice = { readonly id: number } | { readonly number: string };

/** A cab is a medallion on a vehicle. */
export interface VehicleAssignment {
  readonly medallion: RecordChoice;
  readonly vehicle: RecordChoice;
}

export interface VehicleFields {
  readonly medallion_id?: number;
  readonly medallion_number?: string;
  readonly vehicle_id?: number;
  readonly vehicle_plate?: string;
}

/** Reads which cab the fields name. Throws VALIDATION_FAILED where a part is named twice or not at all. */
export function vehicleAssignment(fields: VehicleFields): VehicleAssignment {
  const medallion = choice(fields.medallion_id, fields.medallion_number);
  const vehicle = choice(fields.vehicle_id, fields.vehicle_plate);
  if (medallion && vehicle) return { medallion, vehicle };
  const errors: FieldError[] = [];
  if (!medallion) errors.push(oneOf('medallion_number', 'medallion_id'));
  if (!vehicle) errors.push(oneOf('vehicle_plate', 'vehicle_id'));
  throw new DomainError('VALIDATION_FAILED', 'Name the medallion and the vehicle, each in one way.', errors);
}

function choice(id: number | undefined, number: string | undefined): RecordChoice | null {
  if (id !== undefined && number === undefined) return { id };
  if (id === undefined && number !== undefined) return { number };
  return null;
}

function oneOf(field: string, other: string): FieldError {
  return { field, message: `give either ${field} or ${other}` };
}
