import type { IntegrityCheck } from '../../../platform/integrity/integrity-checks.js';
import { sealedRows } from '../../../platform/integrity/sealed-table.js';
import { sealedStates } from '../../../platform/integrity/sealed-states.js';

/** A line that paid something is its posting, which names the same earnings, and its allocations. */
const LINE_IS_ITS_POSTING = `
  SELECT 'SETTLEMENT_LINE', l.id::text, 'differs from its posting',
         concat_ws(', ', p.kind, p.source_type, p.source_id, p.driver_id, coalesce(l.lease_id, p.lease_id), p.amount,
           p.payment_period_start, made.allocations, made.amount, CASE p.status WHEN 'POSTED' THEN 'PAID' ELSE p.status END),
         concat_ws(', ', 'PAYMENT', 'WEEKLY_EARNINGS', l.source_id, l.driver_id, coalesce(l.lease_id, p.lease_id), l.applied,
           r.payment_period_start, l.allocations_count, l.applied, l.status)
  FROM settlement_lines l
  JOIN settlement_runs r ON r.id = l.run_id
  LEFT JOIN ledger_postings p ON p.posting_id = l.posting_id
  CROSS JOIN LATERAL (
    SELECT count(*)::integer AS allocations, coalesce(sum(a.amount_allocated), 0)::numeric(12,2) AS amount
    FROM payment_allocations a WHERE a.payment_posting_id = l.posting_id) AS made
  WHERE l.id > $1 AND l.id <= $2 AND l.posting_id IS NOT NULL
    AND (p.kind, p.source_type, p.source_id, p.driver_id, p.lease_id, p.amount, p.payment_period_start, made.allocations,
         made.amount, CASE p.status WHEN 'POSTED' THEN 'PAID' ELSE p.status END)
        IS DISTINCT FROM
        ('PAYMENT', 'WEEKLY_EARNINGS', l.source_id, l.driver_id, coalesce(l.lease_id, p.lease_id), l.applied,
         r.payment_period_start, l.allocations_count, l.applied, l.status)`;

/** The status of a line without a posting follows from its error and its run. */
const LINE_HAS_THE_STATUS_OF_ITS_RUN = `
  SELECT 'SETTLEMENT_LINE', id::text, 'its status does not match its run', array_to_string(allowed, ' or '), status
  FROM (SELECT l.id, l.status,
               CASE WHEN l.error_code IS NOT NULL THEN ARRAY['REJECTED']
                    WHEN r.status = 'VOIDED' AND r.completed_at IS NULL THEN ARRAY['PENDING', 'VOIDED']
                    WHEN r.status = 'VOIDED' THEN ARRAY['VOIDED']
                    WHEN r.completed_at IS NOT NULL THEN ARRAY['NOTHING_DUE']
                    ELSE ARRAY['PENDING', 'NOTHING_DUE'] END AS allowed
        FROM settlement_lines l LEFT JOIN settlement_runs r ON r.id = l.run_id
        WHERE l.id > $1 AND l.id <= $2 AND l.posting_id IS NULL) AS line
  WHERE status <> ALL (allowed)`;

/** Earnings from which nothing was due are settled without a posting. */
const LINE_SETTLES_ITS_EARNINGS = `
  SELECT 'SETTLEMENT_LINE', l.id::text, 'its earnings are not among those that are settled', l.source_id, NULL
  FROM settlement_lines l
  WHERE l.id > $1 AND l.id <= $2 AND l.status = 'NOTHING_DUE'
    AND NOT EXISTS (SELECT 1 FROM settled_earnings e WHERE e.source_id = l.source_id)`;

const POSTING_SETTLES_ITS_EARNINGS = `
  SELECT 'POSTING', p.posting_id, 'its earnings are not among those that are settled', p.source_id, NULL
  FROM ledger_postings p
  WHERE p.id > $1 AND p.id <= $2 AND p.source_type = 'WEEKLY_EARNINGS' AND p.status = 'POSTED'
    AND NOT EXISTS (SELECT 1 FROM settled_earnings e WHERE e.source_id = p.source_id)`;

const EARNINGS_ARE_SETTLED = `
  SELECT 'SETTLED_EARNINGS', e.id::text, 'no posting and no line settles them', NULL, e.source_id
  FROM settled_earnings e
  WHERE e.id > $1 AND e.id <= $2
    AND NOT EXISTS (SELECT 1 FROM ledger_postings p
                    WHERE p.source_type = 'WEEKLY_EARNINGS' AND p.source_id = e.source_id AND p.status = 'POSTED')
    AND NOT EXISTS (SELECT 1 FROM settlement_lines l WHERE l.source_id = e.source_id AND l.status = 'NOTHING_DUE')`;

/** The first part of a run counts the lines that were rejected before it. */
const RUN_IS_ITS_LINES = `
  SELECT 'SETTLEMENT_RUN', run_id, 'its counts and totals differ from those of its lines',
         array_to_string(expected, ', '), array_to_string(actual, ', ')
  FROM (SELECT r.run_id,
               ARRAY[line.total, line.paid, line.nothing_due,
                     CASE WHEN r.completed_at IS NULL THEN r.lines_rejected ELSE line.rejected END,
                     line.applied + line.net, line.applied, line.net] AS expected,
               ARRAY[r.lines_total, r.lines_paid, r.lines_nothing_due, r.lines_rejected,
                     r.total_earnings, r.total_applied, r.total_net] AS actual
        FROM settlement_runs r
        CROSS JOIN LATERAL (
          SELECT count(*) AS total, count(*) FILTER (WHERE applied > 0) AS paid,
                 count(*) FILTER (WHERE status IN ('NOTHING_DUE', 'VOIDED') AND applied = 0) AS nothing_due,
                 count(*) FILTER (WHERE status = 'REJECTED') AS rejected,
                 coalesce(sum(applied), 0.00) AS applied, coalesce(sum(net), 0.00) AS net
          FROM settlement_lines l WHERE l.run_id = r.id) AS line
        WHERE r.id > $1 AND r.id <= $2) AS run
  WHERE expected <> actual
  UNION ALL
  SELECT 'SETTLEMENT_RUN', r.run_id, 'it is VOIDED, but not all its payments are', NULL, l.posting_id
  FROM settlement_runs r JOIN settlement_lines l ON l.run_id = r.id
  WHERE r.id > $1 AND r.id <= $2 AND r.status = 'VOIDED' AND l.status = 'PAID'`;

/**
 * Settlement runs and their lines: both are sealed, and what follows from the ledger is recomputed. A line is sealed by the
 * statement that settles or rejects it.
 */
export const SETTLEMENT_TABLES: readonly IntegrityCheck[] = [
  {
    checked: 'settlement_lines',
    records: 'settlement_lines',
    key: 'id',
    checks: [LINE_IS_ITS_POSTING, LINE_HAS_THE_STATUS_OF_ITS_RUN, LINE_SETTLES_ITS_EARNINGS],
  },
  { checked: 'settled_earnings', records: 'settled_earnings', key: 'id', checks: [EARNINGS_ARE_SETTLED] },
  { checked: null, records: 'ledger_postings', key: 'id', checks: [POSTING_SETTLES_ITS_EARNINGS] },
  {
    checked: 'settlement_runs',
    records: 'settlement_runs',
    key: 'id',
    weight: '10 + lines_total',
    checks: [RUN_IS_ITS_LINES],
  },
  sealedRows({
    table: 'settlement_lines',
    checked: null,
    kind: 'SETTLEMENT_LINE',
    publicId: 'id',
    columns: {
      id: 'int8',
      run_id: 'int8',
      line_number: 'int4',
      driver_id: 'int4',
      tlc_license_number: 'utf8',
      lease_id: 'int4',
      amount: 'numeric',
      min_take_home: 'numeric',
      source_id: 'utf8',
      applied: 'numeric',
      net: 'numeric',
      posting_id: 'text',
      allocations_count: 'int4',
      error_code: 'text',
      error_message: 'utf8',
    },
    sealedWhen: `status <> 'PENDING' OR row_hash IS NOT NULL`,
  }),
  ...sealedStates({
    table: 'settlement_runs',
    kind: 'SETTLEMENT_RUN',
    record: 'id',
    state: `'id', line.id, 'run_id', line.run_id, 'payment_period_start', line.payment_period_start,
      'content_hash', pg_catalog.encode(line.content_hash, 'hex'), 'status', line.status,
      'lines_total', line.lines_total, 'lines_paid', line.lines_paid, 'lines_rejected', line.lines_rejected,
      'lines_nothing_due', line.lines_nothing_due, 'total_earnings', line.total_earnings::text,
      'total_applied', line.total_applied::text, 'total_net', line.total_net::text, 'failure', line.failure,
      'started_by', line.started_by, 'started_at', line.started_at AT TIME ZONE 'UTC',
      'completed_at', line.completed_at AT TIME ZONE 'UTC', 'voided_by', line.voided_by,
      'voided_at', line.voided_at AT TIME ZONE 'UTC', 'void_reason', line.void_reason`,
    audited: null,
    isCreationAudited: false,
    isChangedByService: true,
  }),
];
