import type { IntegrityCheck } from '../../../platform/integrity/integrity-checks.js';
import { sealedStates } from '../../../platform/integrity/sealed-states.js';

/** The sealed fields of users. The password hash is sealed as a hash of that hash. */
export const SEALED_USERS: readonly IntegrityCheck[] = sealedStates({
  table: 'users',
  kind: 'USER',
  record: 'id',
  state: `'id', line.id, 'email', line.email, 'roles', line.roles, 'is_active', line.is_active,
    'name', line.name, 'created_by', line.created_by, 'must_change_password', line.must_change_password,
    'password_reset_by', line.password_reset_by, 'password_reset_on', line.password_reset_on AT TIME ZONE 'UTC',
    'password', pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(line.password_hash, 'UTF8')), 'hex')`,
  audited: { recordType: 'user', recordId: 'recorded.record' },
  isCreationAudited: true,
});
