import type { IntegrityCheck } from '../../../platform/integrity/integrity-checks.js';
import { sealedRows } from '../../../platform/integrity/sealed-table.js';
import { sealedStates } from '../../../platform/integrity/sealed-states.js';

/**
 * The counts of a run, recomputed from its postings: only obligations of installments in its period, of its loan, by the
 * user who started it. Runs of releases before 0.2 do not name their postings.
 */
const RUN_IS_ITS_POSTINGS = `
  SELECT 'POSTING_RUN', r.id::text, 'its count and amount differ from those of its postings',
         concat_ws(', ', made.posted, made.amount), concat_ws(', ', r.installments_posted, r.total_amount_posted)
  FROM posting_runs r
  CROSS JOIN LATERAL (
    SELECT count(*)::integer AS posted, coalesce(sum(p.amount), 0)::numeric(20,2) AS amount
    FROM unnest(r.posting_ids) AS part JOIN ledger_postings p ON p.id >= lower(part) AND p.id < upper(part)
    WHERE p.kind = 'CHARGE' AND p.source_type = 'LOAN_INSTALLMENT' AND p.posted_by IS NOT DISTINCT FROM r.started_by
      AND p.payment_period_end <= r.period_end
      AND (r.period_start IS NULL OR p.payment_period_start >= r.period_start)
      AND (r.loan_id IS NULL OR EXISTS (SELECT 1 FROM loan_schedules s
                                        WHERE s.installment_id = p.source_id AND s.loan_id = r.loan_id))) AS made
  WHERE r.id > $1::bigint AND r.id <= $2::bigint AND NOT r.dry_run AND r.posting_ids IS NOT NULL
    AND (made.posted, made.amount) <> (r.installments_posted, r.total_amount_posted)`;

const POSTING_IS_OF_ONE_RUN = `
  SELECT 'POSTING_RUN', r.id::text, 'names postings that another run has made', NULL, concat('run ', other.id)
  FROM posting_runs r JOIN posting_runs other ON other.id < r.id AND other.posting_ids && r.posting_ids
  WHERE r.id > $1::bigint AND r.id <= $2::bigint`;

/** Who started a run, and what it is to post. A dry run has no entry. */
const RUN_IS_AUDITED = `
  SELECT 'POSTING_RUN', r.id::text, 'does not match its entry in the audit log', NULL,
         concat_ws(', ', r.trigger, r.started_by, r.period_start, r.period_end, r.loan_id)
  FROM posting_runs r
  WHERE r.id > $1::bigint AND r.id <= $2::bigint AND NOT r.dry_run
    AND NOT EXISTS (
      SELECT 1 FROM audit_log entry
      WHERE entry.record_type = 'posting_run' AND entry.record_id = r.id::text AND entry.action = 'installments.post'
        AND entry.actor_id IS NOT DISTINCT FROM r.started_by
        AND (entry.after ->> 'trigger', entry.after ->> 'period_start', entry.after ->> 'period_end', entry.after ->> 'loan_id')
            IS NOT DISTINCT FROM (r.trigger, r.period_start::text, r.period_end::text, r.loan_id))`;

/** Posting runs and their errors: both are sealed, and the counts of a run are also recomputed. */
export const POSTING_RUN_TABLES: readonly IntegrityCheck[] = [
  {
    checked: 'posting_runs',
    records: 'posting_runs',
    key: 'id',
    weight: '10 + installments_posted',
    checks: [RUN_IS_ITS_POSTINGS, POSTING_IS_OF_ONE_RUN, RUN_IS_AUDITED],
  },
  ...sealedStates({
    table: 'posting_runs',
    kind: 'POSTING_RUN',
    record: 'id',
    state: `'id', line.id, 'trigger', line.trigger, 'scheduled_week', line.scheduled_week,
      'period_start', line.period_start, 'period_end', line.period_end, 'loan_id', line.loan_id,
      'dry_run', line.dry_run, 'status', line.status, 'installments_due', line.installments_due,
      'installments_posted', line.installments_posted, 'total_amount_posted', line.total_amount_posted::text,
      'credits_applied', line.credits_applied::text, 'failure', line.failure, 'started_by', line.started_by,
      'started_at', line.started_at AT TIME ZONE 'UTC', 'finished_at', line.finished_at AT TIME ZONE 'UTC',
      'posting_ids', pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(line.posting_ids::text, 'UTF8')), 'hex')`,
    audited: null,
    isCreationAudited: false,
    isChangedByService: true,
  }),
  sealedRows({
    table: 'posting_run_errors',
    checked: 'posting_run_errors',
    kind: 'POSTING_RUN_ERROR',
    publicId: 'id',
    columns: { id: 'int8', run_id: 'int4', installment_id: 'text', code: 'text', message: 'utf8' },
  }),
];
