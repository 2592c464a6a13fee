import type { ExportDefinition } from '../../../platform/export/export-request.js';
import { userColumns } from '../../../platform/export/export-request.js';
import type { Unpaged } from '../../../platform/database/page.js';
import { INSTALLMENT_STATUS_LABELS, LOAN_STATUS_LABELS } from '../loan/loan-status.js';
import { LOAN_FILTER_LABELS } from '../search/loan-filter.export.js';
import type { InstallmentListInput } from './installment.input.js';

/** Skipped by the write-off of its loan: its principal was written off, its interest was never charged. */
const IS_SKIPPED_BY_WRITE_OFF = `item.status = 'SKIPPED' AND item.principal_written_off <> 0`;

export const INSTALLMENT_EXPORT: ExportDefinition<Unpaged<InstallmentListInput>> = {
  title: 'Installments',
  name: 'installments',
  fileNameFilters: ['loan_id', 'status', 'period_start'],
  filters: {
    loan_id: 'Loan',
    driver_id: 'Driver id',
    lease_id: 'Lease id',
    medallion_id: 'Medallion id',
    vehicle_id: 'Vehicle id',
    period_start: 'Weeks that end on or after',
    period_end: 'Weeks that begin on or before',
    status: 'Status',
    installment_id: 'Installment',
    posted: 'Posted to the ledger',
    ...LOAN_FILTER_LABELS,
  },
  // installments that were replaced or are not lent yet are not owed
  counted: {
    when: `item.loan_status <> 'DRAFT' AND (item.status <> 'SKIPPED' OR (${IS_SKIPPED_BY_WRITE_OFF}))`,
    without: 'drafts and replaced installments',
  },
  // the interest basis is only in the JSON
  columns: [
    { field: 'installment_id', heading: 'Installment', kind: 'text', width: 22 },
    { field: 'loan_id', heading: 'Loan', kind: 'text', width: 14, excludeFromPdf: true },
    { field: 'installment_number', heading: 'No.', kind: 'integer', width: 5, excludeFromPdf: true },
    { field: 'status', heading: 'Status', kind: 'text', width: 11, labels: INSTALLMENT_STATUS_LABELS },
    { field: 'loan_status', heading: 'Loan status', kind: 'text', width: 11, labels: LOAN_STATUS_LABELS },
    { field: 'driver_id', heading: 'Driver id', kind: 'integer', width: 9, excludeFromPdf: true },
    { field: 'tlc_license_number', heading: 'TLC license', kind: 'text', width: 12 },
    { field: 'driver_name', heading: 'Driver', kind: 'text', width: 26 },
    { field: 'lease_id', heading: 'Lease id', kind: 'integer', width: 9, excludeFromPdf: true },
    { field: 'lease_number', heading: 'Lease', kind: 'text', width: 12 },
    { field: 'medallion_id', heading: 'Medallion id', kind: 'integer', width: 12, excludeFromPdf: true },
    { field: 'medallion_number', heading: 'Medallion', kind: 'text', width: 10, excludeFromPdf: true },
    { field: 'vehicle_id', heading: 'Vehicle id', kind: 'integer', width: 10, excludeFromPdf: true },
    { field: 'vehicle_plate', heading: 'Plate', kind: 'text', width: 10, excludeFromPdf: true },
    { field: 'week_start', heading: 'Week from', kind: 'date', width: 11, excludeFromPdf: true },
    { field: 'week_end', heading: 'Week to', kind: 'date', width: 11, excludeFromPdf: true },
    { field: 'due_date', heading: 'Due on', kind: 'date', width: 11 },
    { field: 'principal_amount', heading: 'Principal', kind: 'money', width: 13, isSummed: true },
    {
      field: 'interest_amount',
      heading: 'Interest',
      kind: 'money',
      width: 13,
      isSummed: true,
      addend: `CASE WHEN ${IS_SKIPPED_BY_WRITE_OFF} THEN 0 ELSE item.interest_amount END`,
    },
    {
      field: 'total_due',
      heading: 'Total due',
      kind: 'money',
      width: 13,
      isSummed: true,
      addend: `CASE WHEN ${IS_SKIPPED_BY_WRITE_OFF} THEN item.principal_amount ELSE item.total_due END`,
    },
    { field: 'principal_paid', heading: 'Principal paid', kind: 'money', width: 13, isSummed: true },
    { field: 'interest_paid', heading: 'Interest paid', kind: 'money', width: 13, isSummed: true },
    { field: 'principal_written_off', heading: 'Principal off', kind: 'money', width: 13, isSummed: true },
    { field: 'interest_written_off', heading: 'Interest off', kind: 'money', width: 13, isSummed: true },
    { field: 'outstanding_balance', heading: 'Outstanding', kind: 'money', width: 13, isSummed: true },
    { field: 'ledger_balance_id', heading: 'Ledger balance', kind: 'text', width: 16, excludeFromPdf: true },
    { field: 'posted_to_ledger', heading: 'Posted', kind: 'boolean', width: 8 },
    { field: 'posted_on', heading: 'Posted on', kind: 'instant', width: 19, excludeFromPdf: true },
    ...userColumns('posted_by', 'Posted by'),
  ],
};
