import type { ExportDefinition } from '../../../platform/export/export-request.js';
import { CATEGORY_LABELS } from '../account/category.js';
import type { StatementExportInput } from '../exports/export.input.js';

export const STATEMENT_EXPORT: ExportDefinition<StatementExportInput> = {
  title: 'Weekly statements',
  name: 'statements',
  fileNameFilters: ['period_start'],
  filters: {
    period_start: 'Payment week from',
    driver_id: 'Driver id',
    lease_id: 'Lease id',
    as_of: 'As of',
  },
  columns: [
    { field: 'period_start', heading: 'Week from', kind: 'date', width: 11 },
    { field: 'period_end', heading: 'Week to', kind: 'date', width: 11 },
    { field: 'driver_id', heading: 'Driver id', kind: 'integer', width: 9 },
    { field: 'tlc_license_number', heading: 'TLC license', kind: 'text', width: 12 },
    { field: 'driver_name', heading: 'Driver', kind: 'text', width: 26 },
    { field: 'lease_id', heading: 'Lease id', kind: 'integer', width: 9 },
    { field: 'lease_number', heading: 'Lease', kind: 'text', width: 12 },
    { field: 'medallion_number', heading: 'Medallion', kind: 'text', width: 10 },
    { field: 'vehicle_plate', heading: 'Plate', kind: 'text', width: 10 },
    { field: 'category', heading: 'Category', kind: 'text', width: 10, labels: CATEGORY_LABELS },
    { field: 'prior_balance', heading: 'Prior balance', kind: 'money', width: 14, isSummed: true },
    { field: 'current_charge', heading: 'Current charge', kind: 'money', width: 14, isSummed: true },
    { field: 'payment_applied', heading: 'Payment applied', kind: 'money', width: 15, isSummed: true },
    { field: 'adjustment', heading: 'Adjustment', kind: 'money', width: 14, isSummed: true },
    { field: 'balance_forward', heading: 'Balance forward', kind: 'money', width: 15, isSummed: true },
  ],
};
