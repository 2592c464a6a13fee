import type { ExportDefinition } from '../../../platform/export/export-request.js';
import { userColumns } from '../../../platform/export/export-request.js';
import { CATEGORY_LABELS } from '../account/category.js';
import type { PostingExportInput } from '../exports/export.input.js';
import { PAYMENT_METHOD_LABELS, POSTING_KIND_LABELS, POSTING_STATUS_LABELS } from './posting-kind.js';
import type { PostingListItemView } from './posting.view.js';

const amountOf = (type: PostingListItemView['posting_type']): string =>
  `CASE WHEN item.posting_type = '${type}' THEN item.amount END`;

export const POSTING_EXPORT: ExportDefinition<PostingExportInput> = {
  title: 'Ledger postings',
  name: 'postings',
  fileNameFilters: ['category', 'posting_type', 'kind', 'status', 'period_from'],
  filters: {
    driver_id: 'Driver id',
    lease_id: 'Lease id',
    category: 'Category',
    posting_type: 'Type',
    kind: 'Kind',
    status: 'Status',
    source_type: 'Source type',
    source_id: 'Source',
    period_from: 'Payment weeks from',
    period_to: 'Payment weeks up to',
    posted_from: 'Posted on or after',
    posted_to: 'Posted on or before',
    posted_by: 'Posted by user',
  },
  columns: [
    { field: 'posting_id', heading: 'Posting', kind: 'text', width: 16 },
    { field: 'posted_at', heading: 'Posted at', kind: 'instant', width: 19 },
    ...userColumns('posted_by', 'Posted by'),
    { field: 'driver_id', heading: 'Driver id', kind: 'integer', width: 9, excludeFromPdf: true },
    { field: 'tlc_license_number', heading: 'TLC license', kind: 'text', width: 12 },
    { field: 'driver_name', heading: 'Driver', kind: 'text', width: 26 },
    { field: 'lease_id', heading: 'Lease id', kind: 'integer', width: 9, excludeFromPdf: true },
    { field: 'lease_number', heading: 'Lease', kind: 'text', width: 12 },
    { field: 'medallion_id', heading: 'Medallion id', kind: 'integer', width: 12, excludeFromPdf: true },
    { field: 'medallion_number', heading: 'Medallion', kind: 'text', width: 10, excludeFromPdf: true },
    { field: 'vehicle_id', heading: 'Vehicle id', kind: 'integer', width: 10, excludeFromPdf: true },
    { field: 'vehicle_plate', heading: 'Plate', kind: 'text', width: 10, excludeFromPdf: true },
    { field: 'category', heading: 'Category', kind: 'text', width: 10, labels: CATEGORY_LABELS },
    { field: 'posting_type', heading: 'Type', kind: 'text', width: 8, excludeFromPdf: true },
    { field: 'kind', heading: 'Kind', kind: 'text', width: 10, labels: POSTING_KIND_LABELS },
    // a sum over debits and credits together has no meaning, so each type has its own summed column
    { field: 'amount', heading: 'Amount', kind: 'money', width: 14, excludeFromPdf: true },
    {
      field: 'debit_amount',
      heading: 'Debit',
      kind: 'money',
      width: 14,
      isSummed: true,
      sql: amountOf('DEBIT'),
    },
    {
      field: 'credit_amount',
      heading: 'Credit',
      kind: 'money',
      width: 14,
      isSummed: true,
      sql: amountOf('CREDIT'),
    },
    { field: 'source_type', heading: 'Source type', kind: 'text', width: 20, excludeFromPdf: true },
    { field: 'source_id', heading: 'Source', kind: 'text', width: 24 },
    {
      field: 'payment_method',
      heading: 'Method',
      kind: 'text',
      width: 10,
      labels: PAYMENT_METHOD_LABELS,
      excludeFromPdf: true,
    },
    { field: 'received_on', heading: 'Received on', kind: 'date', width: 11, excludeFromPdf: true },
    { field: 'payment_period_start', heading: 'Week from', kind: 'date', width: 11 },
    { field: 'payment_period_end', heading: 'Week to', kind: 'date', width: 11, excludeFromPdf: true },
    { field: 'status', heading: 'Status', kind: 'text', width: 9, labels: POSTING_STATUS_LABELS },
    { field: 'reverses_posting_id', heading: 'Reverses', kind: 'text', width: 16, excludeFromPdf: true },
    { field: 'voided_by_posting_id', heading: 'Voided by', kind: 'text', width: 16 },
    { field: 'voided_at', heading: 'Voided at', kind: 'instant', width: 19, excludeFromPdf: true },
    { field: 'void_reason', heading: 'Void reason', kind: 'text', width: 24, excludeFromPdf: true },
    { field: 'description', heading: 'Description', kind: 'text', width: 30 },
    { field: 'notes', heading: 'Notes', kind: 'text', width: 30, excludeFromPdf: true },
  ],
};
