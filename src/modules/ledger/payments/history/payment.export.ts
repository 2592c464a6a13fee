import type { ExportDefinition } from '../../../../platform/export/export-request.js';
import { userColumns } from '../../../../platform/export/export-request.js';
import { CATEGORY_LABELS } from '../../account/category.js';
import type { PaymentExportInput } from '../../exports/export.input.js';
import {
  PAYMENT_METHOD_LABELS,
  POSTING_KIND_LABELS,
  POSTING_STATUS_LABELS,
} from '../../postings/posting-kind.js';

export const PAYMENT_EXPORT: ExportDefinition<PaymentExportInput> = {
  title: 'Payments',
  name: 'payments',
  fileNameFilters: ['method', 'category', 'status', 'received_from', 'received_to'],
  filters: {
    driver_id: 'Driver id',
    lease_id: 'Lease id',
    method: 'Method',
    source_type: 'Source type',
    received_from: 'Received on or after',
    received_to: 'Received on or before',
    posted_by: 'Posted by user',
    category: 'Category paid',
    status: 'Status',
    q: 'Search',
  },
  // a voided payment is not money received
  counted: {
    when: `item.status <> 'VOIDED'`,
    without: 'voided payments',
  },
  columns: [
    { field: 'posting_id', heading: 'Payment', kind: 'text', width: 16 },
    { field: 'received_on', heading: 'Received on', kind: 'date', width: 11 },
    { field: 'posted_at', heading: 'Posted at', kind: 'instant', width: 19, excludeFromPdf: true },
    ...userColumns('posted_by', 'Posted by'),
    { field: 'driver_id', heading: 'Driver id', kind: 'integer', width: 9, excludeFromPdf: true },
    { field: 'tlc_license_number', heading: 'TLC license', kind: 'text', width: 12 },
    { field: 'driver_name', heading: 'Driver', kind: 'text', width: 26 },
    { field: 'lease_id', heading: 'Lease id', kind: 'integer', width: 9, excludeFromPdf: true },
    { field: 'lease_number', heading: 'Lease', kind: 'text', width: 12 },
    { field: 'medallion_number', heading: 'Medallion', kind: 'text', width: 10, excludeFromPdf: true },
    { field: 'vehicle_plate', heading: 'Plate', kind: 'text', width: 10, excludeFromPdf: true },
    { field: 'kind', heading: 'Kind', kind: 'text', width: 10, labels: POSTING_KIND_LABELS },
    {
      field: 'category',
      heading: 'Category',
      kind: 'text',
      width: 10,
      labels: CATEGORY_LABELS,
      excludeFromPdf: true,
    },
    { field: 'payment_method', heading: 'Method', kind: 'text', width: 12, labels: PAYMENT_METHOD_LABELS },
    { field: 'source_type', heading: 'Source type', kind: 'text', width: 20, excludeFromPdf: true },
    { field: 'source_id', heading: 'Source', kind: 'text', width: 24 },
    { field: 'payment_period_start', heading: 'Week from', kind: 'date', width: 11, excludeFromPdf: true },
    { field: 'payment_period_end', heading: 'Week to', kind: 'date', width: 11, excludeFromPdf: true },
    { field: 'amount', heading: 'Amount', kind: 'money', width: 14, isSummed: true },
    { field: 'total_allocated', heading: 'Allocated', kind: 'money', width: 14, isSummed: true },
    { field: 'refunded', heading: 'Refunded', kind: 'money', width: 14, isSummed: true },
    { field: 'left_over', heading: 'Unused credit', kind: 'money', width: 14, isSummed: true },
    { field: 'status', heading: 'Status', kind: 'text', width: 9, labels: POSTING_STATUS_LABELS },
    { field: 'voided_by_posting_id', heading: 'Voided by', kind: 'text', width: 16, excludeFromPdf: true },
    { field: 'voided_at', heading: 'Voided at', kind: 'instant', width: 19, excludeFromPdf: true },
    { field: 'void_reason', heading: 'Void reason', kind: 'text', width: 24, excludeFromPdf: true },
    { field: 'description', heading: 'Description', kind: 'text', width: 30, excludeFromPdf: true },
    { field: 'notes', heading: 'Note', kind: 'text', width: 30, excludeFromPdf: true },
  ],
};
