import type { CheckedTable } from '../../ledger/index.js';

const POSTED_HAS_ONE_DEBIT = `
  SELECT 'INSTALLMENT', s.installment_id, 'a posted installment has one standing DEBIT of its amount, any other none',
         CASE WHEN s.posted_to_ledger THEN s.total_due::text ELSE 'none' END, coalesce(debit.amounts, 'none')
  FROM loan_schedules s
  CROSS JOIN LATERAL (
    SELECT string_agg(amount::text, ' and ') AS amounts FROM ledger_postings p
    WHERE p.source_type = 'LOAN_INSTALLMENT' AND p.source_id = s.installment_id AND p.status = 'POSTED'
      AND p.posting_type = 'DEBIT') AS debit
  WHERE s.id > $1 AND s.id <= $2
    AND debit.amounts IS DISTINCT FROM CASE WHEN s.posted_to_ledger THEN s.total_due::text END`;

const BALANCE_IS_ITS_OWN = `
  SELECT 'INSTALLMENT', s.installment_id, 'the balance that it names is not its own',
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
 * Interest is paid first, then principal, and what is written off comes behind both (domain.md, "Ledger"). `applied` is
 * all that settles the balance, `off` the part of it that standing write-offs give.
 */
const PAID_FOLLOWS_BALANCE = `
  SELECT 'INSTALLMENT', installment_id, 'what is paid on it and written off does not follow its balance',
         array_to_string(expected, ', '), array_to_string(actual, ', ')
  FROM (SELECT s.installment_id,
               ARRAY[least(applied - off, interest_amount), applied - off - least(applied - off, interest_amount),
                     least(applied, interest_amount) - least(applied - off, interest_amount), total_due - applied]
                 AS expected,
               ARRAY[interest_paid, principal_paid, interest_written_off,
                     outstanding_balance + CASE status WHEN 'SKIPPED' THEN principal_written_off ELSE 0 END] AS actual
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
  SELECT 'INSTALLMENT', installment_id, 'its status does not agree with its posting and what is outstanding',
         array_to_string(allowed, ' or '), status
  FROM (SELECT s.installment_id, s.status,
               CASE WHEN NOT s.posted_to_ledger THEN ARRAY['SCHEDULED', 'SKIPPED']
                    WHEN s.outstanding_balance = 0 THEN ARRAY['PAID']
                    ELSE ARRAY['POSTED'] END AS allowed
        FROM loan_schedules s WHERE s.id > $1 AND s.id <= $2) AS installment
  WHERE status <> ALL (allowed)`;

const DEBIT_HAS_INSTALLMENT = `
  SELECT 'POSTING', p.posting_id, 'is the debt of an installment that is not there', p.source_id, NULL
  FROM ledger_postings p LEFT JOIN loan_schedules s ON s.installment_id = p.source_id
  WHERE p.id > $1 AND p.id <= $2 AND p.source_type = 'LOAN_INSTALLMENT' AND p.status = 'POSTED'
    AND p.posting_type = 'DEBIT' AND s.id IS NULL`;

/** The loans of the stretch, each with what its installments add up to. */
const ADDED_UP = `
  SELECT l.*, paid.principal, paid.interest, paid.off, paid.planned, paid.is_all_paid, paid.is_posted
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
  SELECT 'LOAN', loan_id, 'its totals are not those of its installments',
         concat_ws(', ', principal, interest, off, loan_amount - principal - off),
         concat_ws(', ', total_principal_paid, total_interest_paid, written_off, outstanding_balance)
  FROM (${ADDED_UP}) AS loan
  WHERE (total_principal_paid, total_interest_paid, written_off, outstanding_balance)
        <> (principal, interest, off, loan_amount - principal - off)
  UNION ALL
  SELECT 'LOAN', loan_id, 'the principal of its installments is not the amount lent', loan_amount::text, planned::text
  FROM (${ADDED_UP}) AS loan
  WHERE status <> 'CANCELLED' AND planned <> loan_amount`;

/** CLOSED when all is paid, and only then; DRAFT and CANCELLED only while nothing stands posted. */
const LOAN_STATUS = `
  SELECT 'LOAN', loan_id, 'its status does not agree with its installments', array_to_string(allowed, ' or '), status
  FROM (SELECT loan_id, status,
               CASE WHEN (is_posted OR off > 0) AND is_all_paid THEN ARRAY['CLOSED']
                    WHEN is_posted THEN ARRAY['ACTIVE', 'ON_HOLD']
                    ELSE ARRAY['DRAFT', 'ACTIVE', 'ON_HOLD', 'CANCELLED'] END AS allowed
        FROM (${ADDED_UP}) AS added_up) AS loan
  WHERE status <> ALL (allowed)`;

/** What domain.md says of loans and installments against the ledger, for the ledger's verification. */
export const LOAN_TABLES: readonly CheckedTable[] = [
  {
    checked: 'installments',
    records: 'loan_schedules',
    key: 'id',
    checks: [POSTED_HAS_ONE_DEBIT, BALANCE_IS_ITS_OWN, PAID_FOLLOWS_BALANCE, INSTALLMENT_STATUS],
  },
  { checked: null, records: 'ledger_postings', key: 'id', checks: [DEBIT_HAS_INSTALLMENT] },
  {
    checked: 'loans',
    records: 'driver_loans',
    key: 'id',
    checks: [TOTALS_ARE_THE_INSTALLMENTS, LOAN_STATUS],
  },
];
