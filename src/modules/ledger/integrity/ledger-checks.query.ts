import { toSqlList } from '../../../kernel/codes/labels.js';
import type { IntegrityCheck } from '../../../platform/integrity/integrity-checks.js';
import { PAYMENT_ORDER } from '../account/category.js';

const CHARGE_HAS_BALANCE = `
  SELECT 'POSTING', p.posting_id, 'a CHARGE must have a balance, and no other posting may have one',
         CASE WHEN b.posting_id IS NULL THEN 'a balance' ELSE 'no balance' END, coalesce(b.balance_id, 'no balance')
  FROM ledger_postings p LEFT JOIN ledger_balances b ON b.posting_id = p.id
  WHERE p.id > $1 AND p.id <= $2
    AND (p.kind = 'CHARGE') <> (b.posting_id IS NOT NULL)`;

const VOID_HAS_REVERSAL = `
  SELECT 'POSTING', p.posting_id, 'is VOIDED, but its reversal is not its exact opposite',
         concat_ws(' ', CASE p.posting_type WHEN 'DEBIT' THEN 'CREDIT' ELSE 'DEBIT' END, p.amount, 'reverses',
           p.posting_id),
         concat_ws(' ', r.posting_type, r.amount, 'reverses', r.reverses_posting_id)
  FROM ledger_postings p LEFT JOIN ledger_postings r ON r.posting_id = p.voided_by_posting_id
  WHERE p.id > $1 AND p.id <= $2 AND p.status = 'VOIDED'
    AND (r.reverses_posting_id, r.amount, r.driver_id, r.lease_id, r.posting_type <> p.posting_type)
        IS DISTINCT FROM (p.posting_id, p.amount, p.driver_id, p.lease_id, true)`;

const VOID_IS_THAT_OF_ITS_REVERSAL = `
  SELECT 'POSTING', p.posting_id, 'the time and reason of its void differ from those of its reversal',
         concat_ws(', ', r.posted_at, r.notes), concat_ws(', ', p.voided_at, p.void_reason)
  FROM ledger_postings p JOIN ledger_postings r ON r.posting_id = p.voided_by_posting_id
  WHERE p.id > $1 AND p.id <= $2 AND p.status = 'VOIDED'
    AND (p.voided_at, p.void_reason) IS DISTINCT FROM (r.posted_at, r.notes)`;

const REVERSAL_HAS_VOID = `
  SELECT 'POSTING', p.posting_id, 'is a reversal, but the posting that it reverses is not voided by it',
         concat_ws(' ', p.reverses_posting_id, 'voided by', p.posting_id),
         concat_ws(' ', o.posting_id, 'voided by', o.voided_by_posting_id)
  FROM ledger_postings p LEFT JOIN ledger_postings o ON o.posting_id = p.reverses_posting_id
  WHERE p.id > $1 AND p.id <= $2 AND p.reverses_posting_id IS NOT NULL
    AND (o.status, o.voided_by_posting_id) IS DISTINCT FROM ('VOIDED', p.posting_id)`;

const REFUNDED = `
  SELECT coalesce(sum(used.amount), 0)::numeric(12,2) AS refunded
  FROM credit_refunds used JOIN ledger_postings refund ON refund.posting_id = used.refund_posting_id
  WHERE used.payment_posting_id = p.posting_id AND refund.status = 'POSTED'`;

const CREDIT_IS_NOT_OVERSPENT = `
  SELECT 'POSTING', p.posting_id, 'its allocations and refunds exceed its amount', p.amount::text,
         (allocated + refunded)::text
  FROM ledger_postings p
  CROSS JOIN LATERAL (SELECT sum(amount_allocated) AS allocated FROM payment_allocations a
                      WHERE a.payment_posting_id = p.posting_id) AS allocations
  CROSS JOIN LATERAL (${REFUNDED}) AS refunds
  WHERE p.id > $1 AND p.id <= $2 AND p.posting_type = 'CREDIT' AND p.status = 'POSTED'
    AND allocated + refunded > p.amount`;

/** The stored credit of a payment or write-off, recomputed from its posting, its allocations and its refunds. */
const CREDIT_IS_WHAT_IS_LEFT = `
  SELECT 'POSTING', posting_id, 'its credit differs from its amount less allocations and refunds', array_to_string(expected, ', ', 'none'),
         array_to_string(actual, ', ', 'none')
  FROM (SELECT p.posting_id,
               CASE WHEN p.kind IN ('PAYMENT', 'WRITE_OFF')
                    THEN ARRAY[p.driver_id, p.lease_id, p.amount, allocations.allocated, refunds.refunded,
                               CASE p.status WHEN 'POSTED' THEN p.amount - allocations.allocated - refunds.refunded ELSE 0 END,
                               (p.status = 'VOIDED')::integer] END AS expected,
               CASE WHEN c.posting_id IS NOT NULL
                    THEN ARRAY[c.driver_id, c.lease_id, c.amount, c.allocated, c.refunded, c.left_over,
                               c.is_voided::integer] END AS actual
        FROM ledger_postings p
        LEFT JOIN ledger_credits c ON c.posting_id = p.id
        CROSS JOIN LATERAL (SELECT coalesce(sum(amount_allocated), 0)::numeric(12,2) AS allocated
                            FROM payment_allocations a WHERE a.payment_posting_id = p.posting_id) AS allocations
        CROSS JOIN LATERAL (${REFUNDED}) AS refunds
        WHERE p.id > $1 AND p.id <= $2 AND p.posting_type = 'CREDIT') AS credit
  WHERE expected IS DISTINCT FROM actual`;

const CREDIT_IS_NOT_BESIDE_DEBT = `
  SELECT 'POSTING', p.posting_id, 'it has unused credit although the driver has an open balance that it could pay', '0.00',
         c.left_over::text
  FROM ledger_credits c JOIN ledger_postings p ON p.id = c.posting_id
  WHERE c.posting_id > $1 AND c.posting_id <= $2 AND c.left_over > 0
    AND EXISTS (SELECT 1 FROM ledger_balances b
                WHERE b.driver_id = c.driver_id AND b.status = 'OPEN'
                  AND b.category IN (${toSqlList(PAYMENT_ORDER)}))`;

const REFUND_IS_COVERED = `
  SELECT 'POSTING', r.posting_id, 'the payments that it refunds do not add up to its amount',
         r.amount::text, coalesce(covered, 0)::numeric(12,2)::text
  FROM ledger_postings r
  CROSS JOIN LATERAL (SELECT sum(used.amount) AS covered
                      FROM credit_refunds used JOIN ledger_postings p ON p.posting_id = used.payment_posting_id
                      WHERE used.refund_posting_id = r.posting_id AND p.kind = 'PAYMENT'
                        AND p.driver_id = r.driver_id) AS payments
  WHERE r.id > $1 AND r.id <= $2 AND covered IS DISTINCT FROM CASE r.kind WHEN 'REFUND' THEN r.amount END`;

const BALANCE_IS_ITS_POSTINGS = `
  SELECT 'BALANCE', b.balance_id, 'its amount differs from that of its posting', p.amount::text, b.original_amount::text
  FROM ledger_balances b LEFT JOIN ledger_postings p ON p.id = b.posting_id
  WHERE b.posting_id > $1 AND b.posting_id <= $2 AND p.amount IS DISTINCT FROM b.original_amount
  UNION ALL
  SELECT 'BALANCE', b.balance_id, 'its terms differ from those of its posting',
         concat_ws(', ', p.driver_id, p.lease_id, p.category, p.payment_period_start, p.source_type, p.source_id),
         concat_ws(', ', b.driver_id, b.lease_id, b.category, b.payment_period_start, b.reference_type, b.reference_id)
  FROM ledger_balances b JOIN ledger_postings p ON p.id = b.posting_id
  WHERE b.posting_id > $1 AND b.posting_id <= $2
    AND (p.driver_id, p.lease_id, p.category, p.payment_period_start, p.payment_period_end, p.source_type, p.source_id)
     IS DISTINCT FROM
        (b.driver_id, b.lease_id, b.category, b.payment_period_start, b.payment_period_end, b.reference_type,
         b.reference_id)`;

/** An allocation counts unless its payment is voided. */
const BALANCE_IS_ITS_ALLOCATIONS = `
  SELECT 'BALANCE', b.balance_id, 'the amount paid differs from the allocations to it', paid::text,
         b.payment_applied::text
  FROM ledger_balances b
  CROSS JOIN LATERAL (SELECT coalesce(sum(a.amount_allocated), 0)::numeric(20,2) AS paid
                      FROM payment_allocations a JOIN ledger_postings p ON p.posting_id = a.payment_posting_id
                      WHERE a.balance_id = b.balance_id AND p.status = 'POSTED') AS allocated
  WHERE b.posting_id > $1 AND b.posting_id <= $2 AND paid <> b.payment_applied
  UNION ALL
  SELECT 'BALANCE', balance_id, 'the outstanding amount is not its amount less what is paid, or not 0.00 although it is voided',
         owed::text, outstanding_balance::text
  FROM (SELECT balance_id, outstanding_balance,
               CASE status WHEN 'VOIDED' THEN 0.00 ELSE original_amount - payment_applied END AS owed
        FROM ledger_balances WHERE posting_id > $1 AND posting_id <= $2) AS balance
  WHERE outstanding_balance <> owed`;

const BALANCE_STATUS = `
  SELECT 'BALANCE', balance_id, 'its status does not match its posting and outstanding amount',
         array_to_string(allowed, ' or '), status
  FROM (SELECT b.balance_id, b.status,
               CASE WHEN p.status = 'VOIDED' THEN ARRAY['VOIDED']
                    WHEN b.outstanding_balance = 0 THEN ARRAY['CLOSED']
                    WHEN (SELECT (array_agg(d.step ORDER BY d.id DESC))[1] FROM balance_disputes d
                          WHERE d.balance_id = b.balance_id) = 'DISPUTED' THEN ARRAY['DISPUTED']
                    ELSE ARRAY['OPEN'] END AS allowed
        FROM ledger_balances b LEFT JOIN ledger_postings p ON p.id = b.posting_id
        WHERE b.posting_id > $1 AND b.posting_id <= $2) AS balance
  WHERE status <> ALL (allowed)`;

const ALLOCATION_JOINS_ITS_PARTIES = `
  SELECT 'ALLOCATION', a.allocation_id, 'is not part of a payment', 'a payment',
         coalesce(concat_ws(' ', p.posting_type, p.posting_id), 'nothing')
  FROM payment_allocations a LEFT JOIN ledger_postings p ON p.posting_id = a.payment_posting_id
  WHERE a.id > $1 AND a.id <= $2
    AND coalesce(p.kind NOT IN ('PAYMENT', 'RECOVERY', 'WRITE_OFF'), true)
  UNION ALL
  SELECT 'ALLOCATION', a.allocation_id, 'pays a balance of another driver, or a balance that does not exist',
         concat('driver ', p.driver_id), concat('driver ', b.driver_id)
  FROM payment_allocations a
  JOIN ledger_postings p ON p.posting_id = a.payment_posting_id
  LEFT JOIN ledger_balances b ON b.balance_id = a.balance_id
  WHERE a.id > $1 AND a.id <= $2 AND p.driver_id IS DISTINCT FROM b.driver_id`;

/** The rules of docs/domain.md, "Ledger", for every posting, balance and allocation. */
export const LEDGER_TABLES: readonly IntegrityCheck[] = [
  {
    checked: 'postings',
    records: 'ledger_postings',
    key: 'id',
    checks: [
      CHARGE_HAS_BALANCE,
      VOID_HAS_REVERSAL,
      VOID_IS_THAT_OF_ITS_REVERSAL,
      REVERSAL_HAS_VOID,
      CREDIT_IS_NOT_OVERSPENT,
      CREDIT_IS_WHAT_IS_LEFT,
      CREDIT_IS_NOT_BESIDE_DEBT,
      REFUND_IS_COVERED,
    ],
  },
  {
    checked: 'balances',
    records: 'ledger_balances',
    key: 'posting_id',
    checks: [BALANCE_IS_ITS_POSTINGS, BALANCE_IS_ITS_ALLOCATIONS, BALANCE_STATUS],
  },
  {
    checked: 'allocations',
    records: 'payment_allocations',
    key: 'id',
    checks: [ALLOCATION_JOINS_ITS_PARTIES],
  },
];
