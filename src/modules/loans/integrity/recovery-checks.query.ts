/** Each RECOVERY has one loan_recoveries row with its amount, and no other posting has one. */
export const RECOVERY_NAMES_ITS_LOAN = `
  SELECT 'POSTING', p.posting_id, 'only a recovery must belong to a loan, and to exactly one',
         CASE p.kind WHEN 'RECOVERY' THEN concat_ws(', ', p.driver_id, 'LOANS', p.amount) END,
         concat_ws(', ', l.driver_id, p.category, r.amount)
  FROM ledger_postings p
  LEFT JOIN loan_recoveries r ON r.posting_id = p.posting_id
  LEFT JOIN driver_loans l ON l.loan_id = r.loan_id
  WHERE p.id > $1 AND p.id <= $2 AND (p.kind = 'RECOVERY' OR r.posting_id IS NOT NULL)
    AND (p.kind, p.driver_id, p.category, p.amount) IS DISTINCT FROM ('RECOVERY', l.driver_id, 'LOANS', r.amount)`;

/**
 * The recovered amount of a loan is the sum of its recoveries that are not voided, and at most its written-off amount.
 */
export const RECOVERED_IS_ITS_RECOVERIES = `
  SELECT 'LOAN', l.loan_id, 'its recovered amount is not the sum of its recoveries', came_in.amount::text,
         l.recovered::text
  FROM driver_loans l
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(r.amount), 0.00) AS amount
    FROM loan_recoveries r LEFT JOIN ledger_postings p ON p.posting_id = r.posting_id
    WHERE r.loan_id = l.loan_id AND p.status IS DISTINCT FROM 'VOIDED') AS came_in
  WHERE l.id > $1::bigint AND l.id <= $2::bigint AND l.recovered <> came_in.amount
  UNION ALL
  SELECT 'LOAN', l.loan_id, 'its recovered amount exceeds its written-off amount', given_up.amount::text, l.recovered::text
  FROM driver_loans l
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(s.principal_written_off + s.interest_written_off), 0.00) AS amount
    FROM loan_schedules s WHERE s.loan_id = l.loan_id) AS given_up
  WHERE l.id > $1::bigint AND l.id <= $2::bigint AND l.recovered > given_up.amount`;
