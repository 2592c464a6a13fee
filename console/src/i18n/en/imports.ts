export const imports = {
  open: 'Import',
  drivers: {
    title: 'Import drivers',
    lead: 'Register and update drivers from a CSV file, by TLC license number',
    rules:
      'A blank cell leaves what stands. The city’s open list “Medallion Drivers - Active” can be imported as it is.',
    list: 'To the drivers',
  },
  leases: {
    title: 'Import leases',
    lead: 'Sign and amend leases from a CSV file, by lease number',
    rules:
      'A blank cell leaves what stands. A lease that stands takes dates and status from its row; its driver and cab cannot change.',
    list: 'To the leases',
  },
  loans: {
    title: 'Import loans',
    lead: 'Lend money to many drivers from a CSV file, by your own number of each loan',
    rules: 'The reference is your own number of the loan. The start week is named by its Sunday.',
    list: 'To the loans',
  },
  file: {
    label: 'CSV file',
    hint: 'Drop it here, or choose it',
    notCsv: 'Choose a file whose name ends in .csv. Excel saves one with “Save as”, CSV UTF-8.',
    empty: 'This file is empty.',
  },
  allOrNothing: 'All or nothing',
  allOrNothingHint:
    'One row that cannot be taken refuses the whole file. Otherwise the good rows are imported.',
  dryRun: 'Dry run',
  sending: 'Reading the file. A large one takes a minute.',
  run_one: 'Import {{count, number}} row',
  run_other: 'Import {{count, number}} rows',
  columns: {
    title: 'What the file holds',
    save: 'Save an example',
    name: 'Column',
    optional: 'optional',
    example: 'For example',
    rules:
      'The first line names the columns, in any order. UTF-8, commas or semicolons, dates as 2025-11-02 or 11/2/2025. The same file a second time changes nothing.',
  },
  report: {
    dry: 'Dry run: nothing is written yet',
    done: 'Imported',
    rows: 'Rows read',
    would: { created: 'Would be created', updated: 'Would be updated' },
    was: { created: 'Created', updated: 'Updated' },
    unchanged: 'Unchanged',
    rejected: 'Refused',
    refused:
      'The whole file would be refused, because a row of it cannot be taken. Correct the file, or leave out “All or nothing”.',
    nothing: 'There is nothing to import: no row would change the books.',
    partly: 'The rows below would be left out, the others imported.',
    whole: 'Every row can be taken.',
  },
  errors: {
    title: 'Rows that cannot be taken',
    save: 'Save as CSV',
    file: 'import-errors.csv',
    first: 'The first {{shown}} of {{total}} errors.',
    line: 'Line',
    column: 'Column',
    row: 'whole row',
    value: 'Value',
    reason: 'What is wrong',
  },
} as const;
