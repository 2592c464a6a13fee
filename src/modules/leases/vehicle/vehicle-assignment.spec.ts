import type { VehicleFields } from './vehicle-assignment.js';
import { vehicleAssignment } from './vehicle-assignment.js';

describe('the vehicle and medallion of a lease', () => {
  it('can be given by medallion number and plate', () => {
    expect(vehicleAssignment({ medallion_number: '1A23', vehicle_plate: 'T123456C' })).toEqual({
      medallion: { number: '1A23' },
      vehicle: { number: 'T123456C' },
    });
  });

  it('can be given by ids', () => {
    expect(vehicleAssignment({ medallion_id: 7, vehicle_id: 8 })).toEqual({
      medallion: { id: 7 },
      vehicle: { id: 8 },
    });
  });

  it('can be an existing medallion with a new vehicle', () => {
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
  ])('cannot be given by %j', (fields, wrong) => {
    expect(() => vehicleAssignment(fields)).toThrow(
      expect.objectContaining({
        code: 'VALIDATION_FAILED',
        fields: wrong.map((field) => expect.objectContaining({ field }) as unknown),
      }),
    );
  });
});
