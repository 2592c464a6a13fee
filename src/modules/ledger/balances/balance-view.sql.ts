/** The source of current balances. */
export const BALANCES_NOW = 'ledger_balances';

/** Whether the posting was not voided at the instant. If the parameter is null: now. */
export const wasActiveAt = (posting: string, instant: string): string =>
  `(${posting}.voided_at IS NULL OR ${posting}.voided_at > coalesce(${instant}::timestamptz, 'infinity'))`;

/**
 * The balances at the instant, with the columns of `ledger_balances`. They are computed from the times of postings,
 * allocations and disputes, never from the current column values. An allocation counts from the time it was made
 * until its CREDIT was voided.
 */
export const balancesAsOf = (instant: string): string => `(
  SELECT b.posting_id, b.balance_id, b.driver_id, b.lease_id, b.category, b.reference_type, b.reference_id,
         b.original_amount, applied.amount AS payment_applied,
         CASE WHEN ${wasActiveAt('debit', instant)} THEN b.original_amount - applied.amount ELSE 0::numeric(12,2) END
           AS outstanding_balance,
         b.payment_period_start, b.payment_period_end, b.due_date, b.description,
         CASE WHEN NOT ${wasActiveAt('debit', instant)} THEN 'VOIDED'
              WHEN b.original_amount = applied.amount THEN 'CLOSED'
              WHEN disputed.step = 'DISPUTED' THEN 'DISPUTED'
              ELSE 'OPEN' END AS status
  FROM ledger_balances b
  JOIN ledger_postings debit ON debit.id = b.posting_id
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(a.amount_allocated), 0)::numeric(20,2) AS amount
    FROM payment_allocations a
    JOIN ledger_postings credit ON credit.posting_id = a.payment_posting_id
    WHERE a.balance_id = b.balance_id AND a.allocated_at <= ${instant}::timestamptz
      AND ${wasActiveAt('credit', instant)}) AS applied
  LEFT JOIN LATERAL (
    SELECT d.step FROM balance_disputes d
    WHERE d.balance_id = b.balance_id AND d.recorded_at <= ${instant}::timestamptz
    ORDER BY d.id DESC LIMIT 1) AS disputed ON true
  WHERE debit.posted_at <= ${instant}::timestamptz)`;
