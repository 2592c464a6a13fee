import type { IntegrityCheck } from '../../../platform/integrity/integrity-checks.js';
import { RECOVERED_IS_ITS_RECOVERIES, RECOVERY_NAMES_ITS_LOAN } from './recovery-checks.query.js';

/** The active DEBIT of each installment `s`. A lookup for each row, which is fast even before any ANALYZE. */
const ITS_DEBIT = `
  CROSS JOIN LATERAL (
    SELECT string_agg(amount::text, ' and ') AS amounts, min(posted_at) AS posted_at, min(posted_by) AS posted_by
    FROM ledger_postings p
    WHERE p.source_type = 'LOAN_INSTALLMENT' AND p.source_id = s.installment_id AND p.status = 'POSTED'
      AND p.posting_type = 'DEBIT') AS debit`;

const POSTED_HAS_ONE_DEBIT = `
  SELECT 'INSTALLMENT', s.installment_id, 'a posted installment must have one active DEBIT of its amount, any other must have no DEBIT',
         CASE WHEN s.posted_to_ledger THEN s.total_due::text ELSE 'none' END, coalesce(debit.amounts, 'none')
  FROM loan_schedules s ${ITS_DEBIT}
  WHERE s.id > $1 AND s.id <= $2
    AND debit.amounts IS DISTINCT FROM CASE WHEN s.posted_to_ledger THEN s.total_due::text END`;

const POSTED_AS_ITS_DEBIT = `
  SELECT 'INSTALLMENT', s.installment_id, 'the time and user of its posting differ from those of its DEBIT',
         concat_ws(', ', debit.posted_at, debit.posted_by), concat_ws(', ', s.posted_on, s.posted_by)
  FROM loan_schedules s ${ITS_DEBIT}
  WHERE s.id > $1 AND s.id <= $2 AND s.posted_to_ledger AND debit.amounts IS NOT NULL
    AND (s.posted_on, s.posted_by) IS DISTINCT FROM (debit.posted_at, debit.posted_by)`;

const BALANCE_IS_ITS_OWN = `
  SELECT 'INSTALLMENT', s.installment_id, 'its ledger balance belongs to another obligation',
         concat_ws(', ', s.installment_id, l.driver_id, l.lease_id, s.total_due, s.due_date),
         concat_ws(', ', b.reference_id, b.driver_id, b.lease_id, b.original_amount, b.due_date)
  FROM loan_schedules s
  LEFT JOIN driver_loans l ON l.loan_id = s.loan_id
  LEFT JOIN ledger_balances b ON b.balance_id = s.ledger_balance_id
  WHERE s.id > $1 AND s.id <= $2 AND s.posted_to_ledger
    AND ('LOAN_INSTALLMENT', s.installment_id, l.driver_id, l.lease_id, s.total_due, s.due_date, true)
        IS DISTINCT FROM
        (b.reference_type, b.reference_id, b.driver_id, b.lease_id, b.original_amount, b.due_date,
         b.status <> 'VOIDED')`;

/**
 * Payments pay interest first, then principal; write-offs come after payments (docs/domain.md, "Installments follow
 * their balances"). `applied` is the total applied to the balance, `off` the part of it from write-offs that are not
 * voided.
 */
const PAID_FOLLOWS_BALANCE = `
  SELECT 'INSTALLMENT', installment_id, 'its paid and written-off amounts do not match its balance',
         array_to_string(expected, ', '), array_to_string(actual, ', ')
  FROM (SELECT s.installment_id,
               ARRAY[least(applied - off, interest_amount), applied - off - least(applied - off, interest_amount),
                     least(applied, interest_amount) - least(applied - off, interest_amount),
                     CASE status WHEN 'SKIPPED' THEN 0.00 ELSE total_due - applied END]
                 AS expected,
               ARRAY[interest_paid, principal_paid, interest_written_off, outstanding_balance] AS actual
        FROM (SELECT s.*, coalesce(b.payment_applied, 0.00) AS applied, coalesce(written_off.amount, 0.00) AS off
              FROM loan_schedules s
              LEFT JOIN ledger_balances b ON b.balance_id = s.ledger_balance_id
              LEFT JOIN LATERAL (
                SELECT sum(a.amount_allocated) AS amount
                FROM payment_allocations a JOIN ledger_postings p ON p.posting_id = a.payment_posting_id
                WHERE a.balance_id = s.ledger_balance_id AND p.source_type = 'WRITE_OFF' AND p.status = 'POSTED') AS written_off
                ON true
              WHERE s.id > $1 AND s.id <= $2) AS s) AS installment
  WHERE expected <> actual`;

const INSTALLMENT_STATUS = `
  SELECT 'INSTALLMENT', installment_id, 'its status does not match its posting and outstanding amount',
         array_to_string(allowed, ' or '), status
  FROM (SELECT s.installment_id, s.status,
               CASE WHEN NOT s.posted_to_ledger THEN ARRAY['SCHEDULED', 'SKIPPED']
                    WHEN s.outstanding_balance = 0 THEN ARRAY['PAID']
                    ELSE ARRAY['POSTED'] END AS allowed
        FROM loan_schedules s WHERE s.id > $1 AND s.id <= $2) AS installment
  WHERE status <> ALL (allowed)`;

/** An unposted installment is written off only by the CREDIT of its loan. */
const WRITTEN_OFF_BY_A_WRITE_OFF = `
  SELECT 'INSTALLMENT', s.installment_id, 'its principal is written off, but its loan has no active write-off', '0.00',
         s.principal_written_off::text
  FROM loan_schedules s
  WHERE s.id > $1 AND s.id <= $2 AND NOT s.posted_to_ledger AND s.principal_written_off > 0
    AND NOT EXISTS (SELECT 1 FROM ledger_postings p
                    WHERE p.source_type = 'WRITE_OFF' AND p.source_id = s.loan_id AND p.status = 'POSTED'
                      AND p.posting_type = 'CREDIT')`;

/** Interest follows the formula of docs/domain.md, "Interest", from the stored basis. */
const INTEREST_IS_THAT_OF_ITS_BASIS = `
  SELECT 'INSTALLMENT', installment_id, 'its interest does not match its interest basis', expected::text, interest_amount::text
  FROM (SELECT s.installment_id, s.interest_amount,
               s.interest_carried
                 + round(s.interest_principal * l.interest_rate * (s.interest_to - s.interest_from) / 36500, 2) AS expected
        FROM loan_schedules s JOIN driver_loans l USING (loan_id)
        WHERE s.id > $1 AND s.id <= $2) AS installment
  WHERE expected <> interest_amount`;

const DEBIT_HAS_INSTALLMENT = `
  SELECT 'POSTING', p.posting_id, 'is the obligation of an installment that does not exist', p.source_id, NULL
  FROM ledger_postings p LEFT JOIN loan_schedules s ON s.installment_id = p.source_id
  WHERE p.id > $1 AND p.id <= $2 AND p.source_type = 'LOAN_INSTALLMENT' AND p.status = 'POSTED'
    AND p.posting_type = 'DEBIT' AND s.id IS NULL`;

/** The loans of the batch, with the sums of their installments. */
const ADDED_UP = `
  SELECT l.*, paid.principal, paid.interest, paid.off, paid.planned, paid.is_all_paid, paid.is_posted,
         CASE WHEN l.status IN ('DRAFT', 'CANCELLED') THEN 0.00 ELSE l.loan_amount - paid.principal - paid.off END
           AS outstanding
  FROM driver_loans l
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(principal_paid), 0.00) AS principal, coalesce(sum(interest_paid), 0.00) AS interest,
           coalesce(sum(principal_written_off), 0.00) AS off,
           coalesce(sum(principal_amount) FILTER (WHERE status <> 'SKIPPED' OR principal_written_off > 0), 0.00)
             AS planned,
           coalesce(bool_and(status IN ('PAID', 'SKIPPED')), false) AS is_all_paid,
           coalesce(bool_or(posted_to_ledger), false) AS is_posted
    FROM loan_schedules s WHERE s.loan_id = l.loan_id) AS paid
  WHERE l.id > $1::bigint AND l.id <= $2::bigint`;

const TOTALS_ARE_THE_INSTALLMENTS = `
  SELECT 'LOAN', loan_id, 'its totals differ from those of its installments',
         concat_ws(', ', principal, interest, off, outstanding),
         concat_ws(', ', total_principal_paid, total_interest_paid, written_off, outstanding_balance)
  FROM (${ADDED_UP}) AS loan
  WHERE (total_principal_paid, total_interest_paid, written_off, outstanding_balance)
        <> (principal, interest, off, outstanding)
  UNION ALL
  SELECT 'LOAN', loan_id, 'the principal of its installments is not the loan amount', loan_amount::text, planned::text
  FROM (${ADDED_UP}) AS loan
  WHERE status <> 'CANCELLED' AND planned <> loan_amount`;

const WEEKS_ARE_THE_INSTALLMENTS = `
  SELECT 'LOAN', loan_id, 'its weeks differ from those of its installments', concat_ws(' to ', first_week, last_week),
         concat_ws(' to ', start_week, end_week)
  FROM driver_loans l
  CROSS JOIN LATERAL (
    SELECT min(week_start) AS first_week, max(week_end) AS last_week
    FROM loan_schedules s WHERE s.loan_id = l.loan_id AND s.status <> 'SKIPPED') AS weeks
  WHERE l.id > $1::bigint AND l.id <= $2::bigint AND (start_week, end_week) <> (first_week, last_week)`;

const wasPostedOnce = `
  (SELECT count(*) > 0 FROM ledger_balances b
   WHERE b.reference_type = 'LOAN_INSTALLMENT' AND b.reference_id = s.installment_id)`;

/**
 * Interest accrues from the loan date, and only postings and waivers move the accrual date: at least through what is
 * posted now, at most through what was ever posted. The two differ only after a void
 * (docs/adr/0021-recorded-accrual.md).
 */
const ACCRUAL_FOLLOWS_POSTINGS = `
  SELECT 'LOAN', loan_id, 'its accrual date does not match its postings and waivers',
         concat_ws(' to ', least_through, nullif(most_through, least_through)), interest_accrued_through::text
  FROM (SELECT l.loan_id, l.interest_accrued_through,
               greatest(l.loan_date, posted.active, waived.through) AS least_through,
               greatest(l.loan_date, posted.ever, waived.through) AS most_through
        FROM driver_loans l
        CROSS JOIN LATERAL (
          SELECT max(s.interest_to) FILTER (WHERE s.posted_to_ledger) AS active,
                 max(s.interest_to) FILTER (WHERE s.posted_to_ledger OR ${wasPostedOnce}) AS ever
          FROM loan_schedules s
          WHERE s.loan_id = l.loan_id) AS posted
        CROSS JOIN LATERAL (
          SELECT max(w.interest_to) AS through FROM loan_interest_waivers w WHERE w.loan_id = l.loan_id) AS waived
        WHERE l.id > $1::bigint AND l.id <= $2::bigint) AS loan
  WHERE interest_accrued_through NOT BETWEEN least_through AND most_through
  UNION ALL
  SELECT 'LOAN', loan_id, 'its waived interest is not the sum of its waivers', waived.amount::text,
         waived_interest::text
  FROM driver_loans l
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(w.amount), 0.00) AS amount FROM loan_interest_waivers w WHERE w.loan_id = l.loan_id) AS waived
  WHERE l.id > $1::bigint AND l.id <= $2::bigint AND waived_interest <> waived.amount`;

/** No day bears interest twice. A period without days overlaps nothing. */
const INTEREST_PERIODS_ARE_APART = `
  SELECT 'LOAN', loan_id, 'two of its installments charge interest for the same days',
         installment_id || ' after ' || settled_through, 'after ' || interest_from
  FROM (SELECT s.loan_id, s.installment_id, s.interest_from,
               max(s.interest_to) OVER (PARTITION BY s.loan_id ORDER BY s.interest_from, s.interest_to
                 ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS settled_through
        FROM loan_schedules s JOIN driver_loans l USING (loan_id)
        WHERE l.id > $1::bigint AND l.id <= $2::bigint AND s.status <> 'SKIPPED' AND s.interest_from < s.interest_to) AS period
  WHERE interest_from < settled_through`;

/** CLOSED if and only if everything is settled. DRAFT and CANCELLED only if nothing is posted. */
const LOAN_STATUS = `
  SELECT 'LOAN', loan_id, 'its status does not match its installments', array_to_string(allowed, ' or '), status
  FROM (SELECT loan_id, status,
               CASE WHEN (is_posted OR off > 0) AND is_all_paid THEN ARRAY['CLOSED']
                    WHEN is_posted THEN ARRAY['ACTIVE', 'ON_HOLD']
                    ELSE ARRAY['DRAFT', 'ACTIVE', 'ON_HOLD', 'CANCELLED'] END AS allowed
        FROM (${ADDED_UP}) AS added_up) AS loan
  WHERE status <> ALL (allowed)`;

/** The value of the newest row. With ORDER BY and LIMIT 1, the planner could scan the whole table by its key. */
const newest = (column: string): string => `(array_agg(c.${column} ORDER BY c.id DESC))[1] AS ${column}`;

/** Status changes are sealed, so status, approval and closure of a loan are compared with them. */
const STATUS_IS_ITS_LAST_CHANGE = `
  SELECT 'LOAN', l.loan_id, 'its status differs from its last status change',
         concat_ws(', ', last.to_status, CASE last.to_status WHEN 'CLOSED' THEN concat_ws(', ', last.changed_at, last.reason) END),
         concat_ws(', ', l.status, l.closed_on, CASE l.status WHEN 'CLOSED' THEN l.closure_reason END)
  FROM driver_loans l
  CROSS JOIN LATERAL (
    SELECT ${newest('to_status')}, ${newest('changed_at')}, ${newest('reason')}
    FROM loan_status_changes c WHERE c.loan_id = l.loan_id) AS last
  WHERE l.id > $1::bigint AND l.id <= $2::bigint
    AND (l.status IS DISTINCT FROM last.to_status
         OR l.status = 'CLOSED' AND (l.closed_on, l.closure_reason) IS DISTINCT FROM (last.changed_at, last.reason))
  UNION ALL
  SELECT 'LOAN', l.loan_id, 'its approval differs from its status changes',
         concat_ws(', ', approval.changed_by, approval.changed_at), concat_ws(', ', l.approved_by, l.approved_on)
  FROM driver_loans l
  CROSS JOIN LATERAL (
    SELECT ${newest('changed_by')}, ${newest('changed_at')}
    FROM loan_status_changes c
    WHERE c.loan_id = l.loan_id AND c.from_status = 'DRAFT' AND c.to_status = 'ACTIVE') AS approval
  WHERE l.id > $1::bigint AND l.id <= $2::bigint
    AND (l.approved_by, l.approved_on) IS DISTINCT FROM (approval.changed_by, approval.changed_at)`;

/** Checks loans and installments against the ledger (docs/domain.md, "Verification"). */
export const LOAN_TABLES: readonly IntegrityCheck[] = [
  {
    checked: 'installments',
    records: 'loan_schedules',
    key: 'id',
    checks: [
      POSTED_HAS_ONE_DEBIT,
      BALANCE_IS_ITS_OWN,
      PAID_FOLLOWS_BALANCE,
      INSTALLMENT_STATUS,
      WRITTEN_OFF_BY_A_WRITE_OFF,
      POSTED_AS_ITS_DEBIT,
      INTEREST_IS_THAT_OF_ITS_BASIS,
    ],
  },
  {
    checked: null,
    records: 'ledger_postings',
    key: 'id',
    checks: [DEBIT_HAS_INSTALLMENT, RECOVERY_NAMES_ITS_LOAN],
  },
  {
    checked: 'loans',
    records: 'driver_loans',
    key: 'id',
    checks: [
      TOTALS_ARE_THE_INSTALLMENTS,
      LOAN_STATUS,
      STATUS_IS_ITS_LAST_CHANGE,
      RECOVERED_IS_ITS_RECOVERIES,
      WEEKS_ARE_THE_INSTALLMENTS,
      ACCRUAL_FOLLOWS_POSTINGS,
      INTEREST_PERIODS_ARE_APART,
    ],
  },
];
