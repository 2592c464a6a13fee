export const imports = {
  open: 'Import',
  drivers: {
    title: 'Import drivers',
    description: 'Register and update drivers from a CSV file, by TLC license number',
    rules:
      'A blank cell leaves the existing value unchanged. The city’s open list “Medallion Drivers - Active” can be imported without changes.',
    list: 'Go to the drivers',
  },
  leases: {
    title: 'Import leases',
    description: 'Create and update leases from a CSV file, by lease number',
    rules:
      'A blank cell leaves the existing value unchanged. An existing lease gets its dates and status from the row. Its driver and cab cannot change.',
    list: 'Go to the leases',
  },
  loans: {
    title: 'Import loans',
    description: 'Create many loans from a CSV file, by your own reference for each loan',
    rules: 'The reference is your own number for the loan. The start week is given by its Sunday.',
    list: 'Go to the loans',
  },
  charges: {
    title: 'Import charges',
    description: 'Charge many drivers from a CSV file, by your own reference for each charge',
    rules:
      'The reference is your own number for the charge. Without a lease number the driver’s latest active lease is charged, without a week the current one, given by its Sunday. A recorded charge is never changed.',
    list: 'Go to the ledger',
  },
  file: {
    label: 'CSV file',
    hint: 'Drop the file here or choose it',
    notCsv: 'Choose a file whose name ends in .csv. In Excel, use “Save as” and choose CSV UTF-8.',
    empty: 'This file is empty.',
  },
  allOrNothing: 'All or nothing',
  allOrNothingHint:
    'If one row is invalid, the whole file is rejected. Otherwise the valid rows are imported.',
  dryRun: 'Dry run',
  sending: 'Reading the file. A large file takes a minute.',
  run_one: 'Import {{count, number}} row',
  run_other: 'Import {{count, number}} rows',
  columns: {
    title: 'Columns of the file',
    save: 'Save an example',
    name: 'Column',
    optional: 'optional',
    example: 'Example',
    rules:
      'The first line names the columns, in any order. UTF-8, commas or semicolons, dates as 2025-11-02 or 11/2/2025. Importing the same file again changes nothing.',
  },
  report: {
    dry: 'Dry run: nothing is written yet',
    done: 'Imported',
    rows: 'Rows read',
    would: { created: 'Would be created', updated: 'Would be updated' },
    was: { created: 'Created', updated: 'Updated' },
    unchanged: 'Unchanged',
    rejected: 'Rejected',
    refused:
      'The whole file would be rejected because a row is invalid. Correct the file, or clear “All or nothing”.',
    nothing: 'There is nothing to import: no row would change a record.',
    partly: 'The rows below would be skipped. The other rows would be imported.',
    whole: 'All rows are valid.',
  },
  changes: {
    title: 'Changed fields',
    first: 'The first {{shown}} of {{total}} changes.',
    record: 'Record',
    field: 'Field',
    before: 'Old value',
    after: 'New value',
    empty: 'empty',
  },
  errors: {
    title: 'Invalid rows',
    save: 'Save as CSV',
    file: 'import-errors.csv',
    first: 'The first {{shown}} of {{total}} errors.',
    line: 'Line',
    column: 'Column',
    row: 'whole row',
    value: 'Value',
    reason: 'Error',
  },
} as const;
