import type { ExportDefinition } from '../../../platform/export/export-request.js';
import { CATEGORY_LABELS } from '../account/category.js';
import { BALANCE_STATUS_LABELS } from './balance-status.js';
import type { BalanceExportInput } from '../exports/export.input.js';

export const BALANCE_EXPORT: ExportDefinition<BalanceExportInput> = {
  title: 'Ledger balances',
  name: 'balances',
  fileNameFilters: ['category', 'status'],
  filters: {
    driver_id: 'Driver id',
    lease_id: 'Lease id',
    category: 'Category',
    status: 'Status',
    due_from: 'Due on or after',
    due_to: 'Due on or before',
    reference_id: 'Reference',
    as_of: 'As of',
  },
  // a voided obligation was never owed
  counted: {
    when: `item.status <> 'VOIDED'`,
    without: 'voided balances',
  },
  columns: [
    { field: 'balance_id', heading: 'Balance', kind: 'text', width: 16 },
    { field: 'posting_id', heading: 'Posting', kind: 'text', width: 16, excludeFromPdf: true },
    { field: 'status', heading: 'Status', kind: 'text', width: 10, labels: BALANCE_STATUS_LABELS },
    { field: 'driver_id', heading: 'Driver id', kind: 'integer', width: 9, excludeFromPdf: true },
    { field: 'tlc_license_number', heading: 'TLC license', kind: 'text', width: 12 },
    { field: 'driver_name', heading: 'Driver', kind: 'text', width: 26 },
    { field: 'lease_id', heading: 'Lease id', kind: 'integer', width: 9, excludeFromPdf: true },
    { field: 'lease_number', heading: 'Lease', kind: 'text', width: 12 },
    { field: 'medallion_number', heading: 'Medallion', kind: 'text', width: 10, excludeFromPdf: true },
    { field: 'vehicle_plate', heading: 'Plate', kind: 'text', width: 10, excludeFromPdf: true },
    { field: 'category', heading: 'Category', kind: 'text', width: 10, labels: CATEGORY_LABELS },
    { field: 'reference_type', heading: 'Reference type', kind: 'text', width: 18, excludeFromPdf: true },
    { field: 'reference_id', heading: 'Reference', kind: 'text', width: 24 },
    { field: 'payment_period_start', heading: 'Week from', kind: 'date', width: 11, excludeFromPdf: true },
    { field: 'payment_period_end', heading: 'Week to', kind: 'date', width: 11, excludeFromPdf: true },
    { field: 'due_date', heading: 'Due on', kind: 'date', width: 11 },
    { field: 'original_amount', heading: 'Charged', kind: 'money', width: 14, isSummed: true },
    { field: 'payment_applied', heading: 'Settled', kind: 'money', width: 14, isSummed: true },
    { field: 'outstanding_balance', heading: 'Outstanding', kind: 'money', width: 14, isSummed: true },
    { field: 'description', heading: 'Description', kind: 'text', width: 30 },
  ],
};
