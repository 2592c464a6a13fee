import type { FieldError } from '../../../kernel/errors/domain-error.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';

/** Identifies a medallion or vehicle: an existing one by id, or an existing or new one by number or plate. */
export type IdOrNumber = { readonly id: number } | { readonly number: string };

/** A cab: a medallion and a vehicle. */
export interface VehicleAssignment {
  readonly medallion: IdOrNumber;
  readonly vehicle: IdOrNumber;
}

export interface VehicleFields {
  readonly medallion_id?: number;
  readonly medallion_number?: string;
  readonly vehicle_id?: number;
  readonly vehicle_plate?: string;
}

/** Reads the cab from the fields. Throws VALIDATION_FAILED if medallion or vehicle is missing or given twice. */
export function vehicleAssignment(fields: VehicleFields): VehicleAssignment {
  const medallion = idOrNumber(fields.medallion_id, fields.medallion_number);
  const vehicle = idOrNumber(fields.vehicle_id, fields.vehicle_plate);
  if (medallion && vehicle) return { medallion, vehicle };
  const errors: FieldError[] = [];
  if (!medallion) errors.push(oneOf('medallion_number', 'medallion_id'));
  if (!vehicle) errors.push(oneOf('vehicle_plate', 'vehicle_id'));
  throw new DomainError(
    'VALIDATION_FAILED',
    'Specify the medallion and the vehicle with one field each.',
    errors,
  );
}

function idOrNumber(id: number | undefined, number: string | undefined): IdOrNumber | null {
  if (id !== undefined && number === undefined) return { id };
  if (id === undefined && number !== undefined) return { number };
  return null;
}

function oneOf(field: string, other: string): FieldError {
  return { field, message: `specify either ${field} or ${other}` };
}
