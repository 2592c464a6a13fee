import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { DateField, IdField } from '../../../platform/http/dto/fields.js';
import { CabNumberField, EndDateField, LeaseNumberField } from './lease-fields.dto.js';

/** Medallion and vehicle are each given by number or plate, which are created if they are new, or by id. */
export class CreateLeaseDto {
  @LeaseNumberField()
  lease_number!: string;

  @IdField({ example: 12 })
  driver_id!: number;

  @CabNumberField({
    example: '1A23',
    description: 'Instead of medallion_id; a new number creates a medallion',
  })
  medallion_number?: string;

  @IdField({ optional: true, description: 'Instead of medallion_number' })
  medallion_id?: number;

  @CabNumberField({
    example: 'T123456C',
    description: 'Instead of vehicle_id; a new plate creates a vehicle',
  })
  vehicle_plate?: string;

  @IdField({ optional: true, description: 'Instead of vehicle_plate' })
  vehicle_id?: number;

  @DateField({ example: '2025-10-29' })
  start_date!: CalendarDate;

  @EndDateField()
  end_date?: CalendarDate | null;
}
