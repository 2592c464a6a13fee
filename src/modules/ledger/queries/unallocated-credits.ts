/** What the standing payments of driver $1 and lease $2 have left over: id, posting_id, left_over. */
export const UNALLOCATED_CREDITS = `
  SELECT p.id, p.posting_id, p.amount - used.amount AS left_over
  FROM ledger_postings p
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(a.amount_allocated), 0) AS amount
    FROM payment_allocations a WHERE a.payment_posting_id = p.posting_id) AS used
  WHERE p.driver_id = $1 AND p.lease_id = $2 AND p.posting_type = 'CREDIT' AND p.status = 'POSTED'
    AND p.reverses_posting_id IS NULL AND p.amount > used.amount`;
