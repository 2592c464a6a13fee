import { sealedRows } from '../../../platform/integrity/sealed-table.js';
import { rowsAreAudited } from '../../../platform/integrity/audited-rows.js';
import type { IntegrityCheck } from '../../../platform/integrity/integrity-checks.js';
import type { SealedColumns } from '../../../platform/integrity/sealed-table.js';

const POSTING_1: SealedColumns = {
  id: 'int8',
  posting_id: 'text',
  driver_id: 'int4',
  lease_id: 'int4',
  posting_type: 'text',
  category: 'text',
  amount: 'numeric',
  source_type: 'utf8',
  source_id: 'utf8',
  payment_period_start: 'date',
  payment_period_end: 'date',
  posted_at: 'timestamptz',
  posted_by: 'int4',
  reverses_posting_id: 'text',
  description: 'utf8',
  notes: 'utf8',
};
const POSTING_2: SealedColumns = { ...POSTING_1, payment_method: 'text', received_on: 'date' };

/**
 * The columns of postings, allocations, disputes and refunds that `row_hash_of` hashes. Version 2 of postings adds the
 * receipt.
 */
export const SEALED_LEDGER: readonly IntegrityCheck[] = [
  sealedRows({
    table: 'ledger_postings',
    checked: null,
    kind: 'POSTING',
    publicId: 'posting_id',
    columns: POSTING_2,
    versionOf: ({ payment_method, received_on }) =>
      payment_method === null && received_on === null
        ? { version: 1, columns: POSTING_1 }
        : { version: 2, columns: POSTING_2 },
  }),
  sealedRows({
    table: 'payment_allocations',
    checked: null,
    kind: 'ALLOCATION',
    publicId: 'allocation_id',
    columns: {
      id: 'int8',
      allocation_id: 'text',
      payment_posting_id: 'text',
      balance_id: 'text',
      amount_allocated: 'numeric',
      allocation_type: 'text',
      allocated_at: 'timestamptz',
    },
  }),
  sealedRows({
    table: 'balance_disputes',
    checked: 'disputes',
    kind: 'DISPUTE',
    publicId: 'id',
    columns: {
      id: 'int8',
      balance_id: 'text',
      step: 'text',
      reason: 'utf8',
      recorded_by: 'int4',
      recorded_at: 'timestamptz',
      transaction_id: 'int8',
    },
  }),
  sealedRows({
    table: 'credit_refunds',
    checked: 'refunds',
    kind: 'REFUND',
    publicId: 'refund_posting_id',
    columns: { id: 'int8', refund_posting_id: 'text', payment_posting_id: 'text', amount: 'numeric' },
  }),
  {
    checked: null,
    records: 'balance_disputes',
    key: 'id',
    checks: [
      rowsAreAudited({
        table: 'balance_disputes',
        kind: 'DISPUTE',
        recordType: 'ledger_balance',
        recordId: 'balance_id',
      }),
    ],
  },
];
