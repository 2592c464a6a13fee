import type { ExportDefinition } from '../../../platform/export/export-request.js';
import { LOAN_STATUS_LABELS } from '../loan/loan-status.js';
import type { AgingExportInput } from './loan-report.input.js';

export const AGING_EXPORT: ExportDefinition<AgingExportInput> = {
  title: 'Overdue by age',
  name: 'aging',
  filters: { driver_id: 'Driver id', lease_id: 'Lease id' },
  columns: [
    { field: 'loan_id', heading: 'Loan', kind: 'text', width: 14 },
    { field: 'status', heading: 'Status', kind: 'text', width: 11, labels: LOAN_STATUS_LABELS },
    { field: 'driver_id', heading: 'Driver id', kind: 'integer', width: 9 },
    { field: 'tlc_license_number', heading: 'TLC license', kind: 'text', width: 12 },
    { field: 'driver_name', heading: 'Driver', kind: 'text', width: 26 },
    { field: 'lease_id', heading: 'Lease id', kind: 'integer', width: 9 },
    { field: 'days_overdue', heading: 'Days overdue', kind: 'integer', width: 12 },
    { field: 'current', heading: 'Not yet due', kind: 'money', width: 13, isSummed: true },
    { field: 'days_1_7', heading: '1–7 days', kind: 'money', width: 13, isSummed: true },
    { field: 'days_8_14', heading: '8–14 days', kind: 'money', width: 13, isSummed: true },
    { field: 'days_15_28', heading: '15–28 days', kind: 'money', width: 13, isSummed: true },
    { field: 'over_28_days', heading: 'Over 28 days', kind: 'money', width: 13, isSummed: true },
    { field: 'overdue', heading: 'Overdue', kind: 'money', width: 13, isSummed: true },
    { field: 'outstanding_balance', heading: 'Principal out', kind: 'money', width: 13, isSummed: true },
  ],
};
