import type { IntegrityCheck } from '../../../platform/integrity/integrity-checks.js';
import { sealedStates } from '../../../platform/integrity/sealed-states.js';

/** The sealed fields of drivers. */
export const SEALED_DRIVERS: readonly IntegrityCheck[] = sealedStates({
  table: 'drivers',
  kind: 'DRIVER',
  record: 'id',
  state: `'id', line.id, 'tlc_license_number', line.tlc_license_number, 'first_name', line.first_name,
    'last_name', line.last_name, 'phone', line.phone, 'email', line.email, 'status', line.status`,
  audited: { recordType: 'driver', recordId: 'recorded.record' },
  isCreationAudited: false,
});
