import type { IntegrityCheck } from '../../../platform/integrity/integrity-checks.js';
import { sealedStates } from '../../../platform/integrity/sealed-states.js';

/** The sealed fields of leases, medallions and vehicles. */
export const SEALED_LEASES: readonly IntegrityCheck[] = [
  ...sealedStates({
    table: 'leases',
    kind: 'LEASE',
    record: 'id',
    state: `'id', line.id, 'lease_number', line.lease_number, 'driver_id', line.driver_id,
      'medallion_id', line.medallion_id, 'vehicle_id', line.vehicle_id, 'start_date', line.start_date,
      'end_date', line.end_date, 'status', line.status`,
    audited: { recordType: 'lease', recordId: 'recorded.record' },
    isCreationAudited: false,
  }),
  ...sealedStates({
    table: 'medallions',
    kind: 'MEDALLION',
    record: 'id',
    state: `'id', line.id, 'medallion_number', line.medallion_number`,
    audited: null,
    isCreationAudited: false,
  }),
  ...sealedStates({
    table: 'vehicles',
    kind: 'VEHICLE',
    record: 'id',
    state: `'id', line.id, 'plate', line.plate`,
    audited: null,
    isCreationAudited: false,
  }),
];
