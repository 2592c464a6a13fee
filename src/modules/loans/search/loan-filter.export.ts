import type { LoanFilterInput } from './loan-filter.input.js';

/** Labels of the shared filters in an export. */
export const LOAN_FILTER_LABELS: Readonly<Record<keyof LoanFilterInput, string>> = {
  tlc_license_number: 'TLC license',
  driver_name: 'Driver',
  medallion_number: 'Medallion',
  amount_from: 'Amount at least',
  amount_to: 'Amount at most',
  rate_from: 'Interest rate at least',
  rate_to: 'Interest rate at most',
  start_week_from: 'First week on or after',
  start_week_to: 'First week on or before',
};
