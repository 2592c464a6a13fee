import type { ExportDefinition } from '../../../platform/export/export-request.js';
import { userColumns } from '../../../platform/export/export-request.js';
import { nameOfDriver } from '../../drivers/index.js';
import type { Unpaged } from '../../../platform/database/page.js';
import { LOAN_STATUS_LABELS } from '../loan/loan-status.js';
import { LOAN_FILTER_LABELS } from '../search/loan-filter.export.js';
import type { LoanListInput } from './loan.input.js';

export const LOAN_EXPORT: ExportDefinition<Unpaged<LoanListInput>> = {
  title: 'Loans',
  name: 'loans',
  fileNameFilters: ['status'],
  filters: {
    driver_id: 'Driver id',
    lease_id: 'Lease id',
    status: 'Status',
    date_from: 'Lent on or after',
    date_to: 'Lent on or before',
    q: 'Search',
    ...LOAN_FILTER_LABELS,
  },
  // nothing is owed on a draft or a cancelled loan
  counted: {
    when: `item.status NOT IN ('DRAFT', 'CANCELLED')`,
    without: 'drafts and cancelled loans',
  },
  columns: [
    { field: 'loan_id', heading: 'Loan', kind: 'text', width: 14 },
    { field: 'status', heading: 'Status', kind: 'text', width: 11, labels: LOAN_STATUS_LABELS },
    { field: 'driver_id', heading: 'Driver id', kind: 'integer', width: 9, excludeFromPdf: true },
    {
      field: 'tlc_license_number',
      heading: 'TLC license',
      kind: 'text',
      width: 12,
      sql: `item.driver ->> 'tlc_license_number'`,
    },
    {
      field: 'driver_name',
      heading: 'Driver',
      kind: 'text',
      width: 26,
      sql: nameOfDriver('item.driver'),
    },
    { field: 'lease_id', heading: 'Lease id', kind: 'integer', width: 9, excludeFromPdf: true },
    {
      field: 'lease_number',
      heading: 'Lease',
      kind: 'text',
      width: 12,
      sql: `item.lease ->> 'lease_number'`,
    },
    {
      field: 'medallion_number',
      heading: 'Medallion',
      kind: 'text',
      width: 10,
      excludeFromPdf: true,
      sql: `item.lease ->> 'medallion_number'`,
    },
    {
      field: 'vehicle_plate',
      heading: 'Plate',
      kind: 'text',
      width: 10,
      excludeFromPdf: true,
      sql: `item.lease ->> 'vehicle_plate'`,
    },
    { field: 'loan_date', heading: 'Lent on', kind: 'date', width: 11 },
    { field: 'start_week', heading: 'First week', kind: 'date', width: 11, excludeFromPdf: true },
    { field: 'end_week', heading: 'Ends on', kind: 'date', width: 11 },
    { field: 'next_due_date', heading: 'Next due', kind: 'date', width: 11 },
    { field: 'interest_rate', heading: 'Interest rate', kind: 'percentage', width: 12 },
    { field: 'loan_amount', heading: 'Lent', kind: 'money', width: 14, isSummed: true },
    { field: 'total_interest', heading: 'Interest', kind: 'money', width: 14, isSummed: true },
    {
      field: 'interest_accrued_through',
      heading: 'Accrued through',
      kind: 'date',
      width: 13,
      excludeFromPdf: true,
    },
    {
      field: 'waived_interest',
      heading: 'Interest waived',
      kind: 'money',
      width: 14,
      isSummed: true,
      excludeFromPdf: true,
    },
    { field: 'total_payable', heading: 'Payable', kind: 'money', width: 14, isSummed: true },
    { field: 'total_principal_paid', heading: 'Principal paid', kind: 'money', width: 14, isSummed: true },
    { field: 'total_interest_paid', heading: 'Interest paid', kind: 'money', width: 14, isSummed: true },
    { field: 'written_off', heading: 'Written off', kind: 'money', width: 14, isSummed: true },
    {
      field: 'recovered',
      heading: 'Recovered',
      kind: 'money',
      width: 14,
      isSummed: true,
      excludeFromPdf: true,
    },
    { field: 'outstanding_balance', heading: 'Outstanding', kind: 'money', width: 14, isSummed: true },
    { field: 'purpose', heading: 'Purpose', kind: 'text', width: 24, excludeFromPdf: true },
    { field: 'notes', heading: 'Notes', kind: 'text', width: 30, excludeFromPdf: true },
    ...userColumns('approved_by', 'Approved by'),
    { field: 'approved_on', heading: 'Approved on', kind: 'instant', width: 19, excludeFromPdf: true },
    { field: 'closed_on', heading: 'Closed on', kind: 'instant', width: 19, excludeFromPdf: true },
    { field: 'closure_reason', heading: 'Closure reason', kind: 'text', width: 24, excludeFromPdf: true },
    ...userColumns('created_by', 'Created by'),
    { field: 'created_on', heading: 'Created on', kind: 'instant', width: 19, excludeFromPdf: true },
    { field: 'updated_on', heading: 'Updated on', kind: 'instant', width: 19, excludeFromPdf: true },
  ],
};
