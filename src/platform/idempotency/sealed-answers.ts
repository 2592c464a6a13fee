import type { IntegrityCheck } from '../integrity/integrity-checks.js';
import { sealedStates } from '../integrity/sealed-states.js';
import { KEPT_FOR } from './idempotent-request.js';

/** The stored answers of requests with an Idempotency-Key. Key and answer are sealed as hashes. */
export const SEALED_ANSWERS: readonly IntegrityCheck[] = sealedStates({
  table: 'idempotency_keys',
  kind: 'STORED_ANSWER',
  record: 'id',
  state: `'id', line.id, 'user_id', line.user_id, 'route', line.route, 'request_hash', line.request_hash,
    'created_at', line.created_at AT TIME ZONE 'UTC',
    'key', pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(line.key, 'UTF8')), 'hex'),
    'answer', pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(line.answer::text, 'UTF8')), 'hex')`,
  audited: null,
  isCreationAudited: false,
  isChangedByService: true,
  mayBeGone: `(recorded.state ->> 'created_at')::timestamp <= (now() - ${KEPT_FOR}) AT TIME ZONE 'UTC'`,
});
