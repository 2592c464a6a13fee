import type { CheckedTable } from '../ledger-checkers.js';
import { sealedOnce } from './seal-checks.query.js';

/** A row's hash must be the hash of the row. */
const hashed = (kind: string, table: string, publicId: string): string => `
  SELECT '${kind}', line.${publicId}, 'was changed after it was written: its hash is another',
         encode(line.row_hash, 'hex'), encode(row_hash_of(line), 'hex')
  FROM ${table} AS line
  WHERE line.id > $1 AND line.id <= $2 AND line.row_hash IS DISTINCT FROM row_hash_of(line)`;

const DEBT_HAS_BALANCE = `
  SELECT 'POSTING', p.posting_id, 'a debt has a balance, and no other posting has one',
         CASE WHEN b.posting_id IS NULL THEN 'a balance' ELSE 'no balance' END, coalesce(b.balance_id, 'no balance')
  FROM ledger_postings p LEFT JOIN ledger_balances b ON b.posting_id = p.id
  WHERE p.id > $1 AND p.id <= $2
    AND (p.posting_type = 'DEBIT' AND p.reverses_posting_id IS NULL) <> (b.posting_id IS NOT NULL)`;

const VOID_HAS_REVERSAL = `
  SELECT 'POSTING', p.posting_id, 'is VOIDED, and its reversal is not the opposite of it',
         concat_ws(' ', CASE p.posting_type WHEN 'DEBIT' THEN 'CREDIT' ELSE 'DEBIT' END, p.amount, 'reverses',
           p.posting_id),
         concat_ws(' ', r.posting_type, r.amount, 'reverses', r.reverses_posting_id)
  FROM ledger_postings p LEFT JOIN ledger_postings r ON r.posting_id = p.voided_by_posting_id
  WHERE p.id > $1 AND p.id <= $2 AND p.status = 'VOIDED'
    AND (r.reverses_posting_id, r.amount, r.driver_id, r.lease_id, r.posting_type <> p.posting_type)
        IS DISTINCT FROM (p.posting_id, p.amount, p.driver_id, p.lease_id, true)`;

const REVERSAL_HAS_VOID = `
  SELECT 'POSTING', p.posting_id, 'is a reversal, and what it reverses is not voided by it',
         concat_ws(' ', p.reverses_posting_id, 'voided by', p.posting_id),
         concat_ws(' ', o.posting_id, 'voided by', o.voided_by_posting_id)
  FROM ledger_postings p LEFT JOIN ledger_postings o ON o.posting_id = p.reverses_posting_id
  WHERE p.id > $1 AND p.id <= $2 AND p.reverses_posting_id IS NOT NULL
    AND (o.status, o.voided_by_posting_id) IS DISTINCT FROM ('VOIDED', p.posting_id)`;

const CREDIT_IS_NOT_OVERSPENT = `
  SELECT 'POSTING', p.posting_id, 'more is allocated of the payment than it brought', p.amount::text, spent::text
  FROM ledger_postings p
  CROSS JOIN LATERAL (SELECT sum(amount_allocated) AS spent FROM payment_allocations a
                      WHERE a.payment_posting_id = p.posting_id) AS allocated
  WHERE p.id > $1 AND p.id <= $2 AND p.posting_type = 'CREDIT' AND p.status = 'POSTED' AND spent > p.amount`;

const BALANCE_IS_ITS_POSTINGS = `
  SELECT 'BALANCE', b.balance_id, 'its amount is not that of its posting', p.amount::text, b.original_amount::text
  FROM ledger_balances b LEFT JOIN ledger_postings p ON p.id = b.posting_id
  WHERE b.posting_id > $1 AND b.posting_id <= $2 AND p.amount IS DISTINCT FROM b.original_amount
  UNION ALL
  SELECT 'BALANCE', b.balance_id, 'its terms are not those of its posting',
         concat_ws(', ', p.driver_id, p.lease_id, p.category, p.payment_period_start, p.source_type, p.source_id),
         concat_ws(', ', b.driver_id, b.lease_id, b.category, b.payment_period_start, b.reference_type, b.reference_id)
  FROM ledger_balances b JOIN ledger_postings p ON p.id = b.posting_id
  WHERE b.posting_id > $1 AND b.posting_id <= $2
    AND (p.driver_id, p.lease_id, p.category, p.payment_period_start, p.payment_period_end, p.source_type, p.source_id)
     IS DISTINCT FROM
        (b.driver_id, b.lease_id, b.category, b.payment_period_start, b.payment_period_end, b.reference_type,
         b.reference_id)`;

/** An allocation stands as long as the payment that it is part of does. */
const BALANCE_IS_ITS_ALLOCATIONS = `
  SELECT 'BALANCE', b.balance_id, 'what is paid on it is not what is allocated to it', paid::text,
         b.payment_applied::text
  FROM ledger_balances b
  CROSS JOIN LATERAL (SELECT coalesce(sum(a.amount_allocated), 0)::numeric(12,2) AS paid
                      FROM payment_allocations a JOIN ledger_postings p ON p.posting_id = a.payment_posting_id
                      WHERE a.balance_id = b.balance_id AND p.status = 'POSTED') AS allocated
  WHERE b.posting_id > $1 AND b.posting_id <= $2 AND paid <> b.payment_applied
  UNION ALL
  SELECT 'BALANCE', b.balance_id, 'what is outstanding is not its amount less what is paid',
         (b.original_amount - b.payment_applied)::text, b.outstanding_balance::text
  FROM ledger_balances b
  WHERE b.posting_id > $1 AND b.posting_id <= $2 AND b.outstanding_balance <> b.original_amount - b.payment_applied`;

const BALANCE_STATUS = `
  SELECT 'BALANCE', balance_id, 'its status does not agree with its posting and what is outstanding',
         array_to_string(allowed, ' or '), status
  FROM (SELECT b.balance_id, b.status,
               CASE WHEN p.status = 'VOIDED' THEN ARRAY['VOIDED']
                    WHEN b.outstanding_balance = 0 THEN ARRAY['CLOSED']
                    ELSE ARRAY['OPEN', 'DISPUTED'] END AS allowed
        FROM ledger_balances b LEFT JOIN ledger_postings p ON p.id = b.posting_id
        WHERE b.posting_id > $1 AND b.posting_id <= $2) AS balance
  WHERE status <> ALL (allowed)`;

const ALLOCATION_JOINS_ITS_PARTIES = `
  SELECT 'ALLOCATION', a.allocation_id, 'is not part of a payment', 'a payment',
         coalesce(concat_ws(' ', p.posting_type, p.posting_id), 'nothing')
  FROM payment_allocations a LEFT JOIN ledger_postings p ON p.posting_id = a.payment_posting_id
  WHERE a.id > $1 AND a.id <= $2
    AND (p.posting_type, p.reverses_posting_id IS NULL) IS DISTINCT FROM ('CREDIT', true)
  UNION ALL
  SELECT 'ALLOCATION', a.allocation_id, 'pays a balance of another driver or lease, or none',
         concat('driver ', p.driver_id, ', lease ', p.lease_id), concat('driver ', b.driver_id, ', lease ', b.lease_id)
  FROM payment_allocations a
  JOIN ledger_postings p ON p.posting_id = a.payment_posting_id
  LEFT JOIN ledger_balances b ON b.balance_id = a.balance_id
  WHERE a.id > $1 AND a.id <= $2 AND (p.driver_id, p.lease_id) IS DISTINCT FROM (b.driver_id, b.lease_id)`;

/** What domain.md, "Ledger", says of postings, balances and allocations, over each of them. */
export const LEDGER_TABLES: readonly CheckedTable[] = [
  {
    checked: 'postings',
    records: 'ledger_postings',
    key: 'id',
    checks: [
      hashed('POSTING', 'ledger_postings', 'posting_id'),
      sealedOnce('POSTING', 'ledger_postings', 'posting_id'),
      DEBT_HAS_BALANCE,
      VOID_HAS_REVERSAL,
      REVERSAL_HAS_VOID,
      CREDIT_IS_NOT_OVERSPENT,
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
    checks: [
      hashed('ALLOCATION', 'payment_allocations', 'allocation_id'),
      sealedOnce('ALLOCATION', 'payment_allocations', 'allocation_id'),
      ALLOCATION_JOINS_ITS_PARTIES,
    ],
  },
];
