import type { ExportDefinition } from '../../../../platform/export/export-request.js';
import { SETTLEMENT_LINE_STATUS_LABELS } from '../settlement-status.js';
import type { SettlementLineExportInput } from './settlement-list.input.js';

/** The net sheet of a run: what each driver earned, owed and is paid out. */
export const SETTLEMENT_LINE_EXPORT: ExportDefinition<
  SettlementLineExportInput & { readonly run_id: string }
> = {
  title: 'Net pay',
  name: 'net-pay',
  fileNameFilters: ['run_id', 'status'],
  filters: { run_id: 'Settlement run', status: 'Status', q: 'Search' },
  // a rejected line settles nothing, and a voided one no longer does
  counted: {
    when: `item.status IN ('PAID', 'NOTHING_DUE')`,
    without: 'rejected and voided lines',
  },
  columns: [
    { field: 'line_number', heading: 'Line', kind: 'integer', width: 7 },
    { field: 'driver_id', heading: 'Driver id', kind: 'integer', width: 9, excludeFromPdf: true },
    { field: 'tlc_license_number', heading: 'TLC license', kind: 'text', width: 12 },
    { field: 'driver_name', heading: 'Driver', kind: 'text', width: 26 },
    { field: 'lease_id', heading: 'Lease id', kind: 'integer', width: 9, excludeFromPdf: true },
    { field: 'lease_number', heading: 'Lease', kind: 'text', width: 12 },
    { field: 'source_id', heading: 'Reference', kind: 'text', width: 24 },
    { field: 'status', heading: 'Status', kind: 'text', width: 11, labels: SETTLEMENT_LINE_STATUS_LABELS },
    { field: 'amount', heading: 'Earnings', kind: 'money', width: 14, isSummed: true },
    { field: 'applied', heading: 'Applied', kind: 'money', width: 14, isSummed: true },
    { field: 'net', heading: 'Net pay', kind: 'money', width: 14, isSummed: true },
    { field: 'min_take_home', heading: 'Kept at least', kind: 'money', width: 14, excludeFromPdf: true },
    { field: 'posting_id', heading: 'Posting', kind: 'text', width: 16, excludeFromPdf: true },
    {
      field: 'error_code',
      heading: 'Error',
      kind: 'text',
      width: 24,
      excludeFromPdf: true,
      sql: `item.error ->> 'code'`,
    },
    {
      field: 'error_message',
      heading: 'Why rejected',
      kind: 'text',
      width: 40,
      sql: `item.error ->> 'message'`,
    },
  ],
};
