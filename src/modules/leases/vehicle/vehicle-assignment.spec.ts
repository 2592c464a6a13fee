import type { VehicleFields } from './vehicle-assignment.js';
import { vehicleAssignment } from './vehicle-assignment.js';

describe('the cab of a lease', () => {
  it('is named by medallion number and plate', () => {
    expect(vehicleAssignment({ medallion_number: '1A23', vehicle_plate: 'T123456C' })).toEqual({
      medallion: { number: '1A23' },
      vehicle: { number: 'T123456C' },
    });
  });

  it('is named by ids', () => {
    expect(vehicleAssignment({ medallion_id: 7, vehicle_id: 8 })).toEqual({
      medallion: { id: 7 },
      vehicle: { id: 8 },
    });
  });

  it('may be a known medallion on a new vehicle', () => {
    expect(vehicleAssignment({ medallion_id: 7, vehicle_plate: 'T123456C' })).toEqual({
      medallion: { id: 7 },
      vehicle: { number: 'T123456C' },
    });
  });

  it.each<[VehicleFields, string[]]>([
    [{}, ['medallion_number', 'vehicle_plate']],
    [{ medallion_number: '1A23' }, ['vehicle_plate']],
    [{ vehicle_id: 8 }, ['medallion_number']],
    [{ medallion_id: 7, medallion_number: '1A23', vehicle_id: 8 }, ['medallion_number']],
    [{ medallion_id: 7, vehicle_id: 8, vehicle_plate: 'T123456C' }, ['vehicle_plate']],
  ])('is not named by %j', (fields, wrong) => {
    expect(() => vehicleAssignment(fields)).toThrow(
      expect.objectContaining({
        code: 'VALIDATION_FAILED',
        fields: wrong.map((field) => expect.objectContaining({ field }) as unknown),
      }),
    );
  });
});
