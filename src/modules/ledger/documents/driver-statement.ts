import { dateAt } from '../../../kernel/calendar/calendar-date.js';
import { PdfDocument } from '../../../platform/pdf/pdf-document.js';
import type { PdfRow } from '../../../platform/pdf/pdf-document.js';
import { INK } from '../../../platform/pdf/pdf-sheet.js';
import type { PdfColumn } from '../../../platform/pdf/pdf-table.js';
import { printedDate, printedDollars, printedInstant, printedNumber } from '../../../platform/pdf/printed.js';
import type { Category } from '../domain/category.js';
import type { StatementAmountsResponse, StatementResponse } from '../http/statement.response.js';
import type { AccountHolder } from '../queries/account.query.js';
import type { StatementCharge, StatementPayment } from '../queries/statement.query.js';

/** All that a driver's statement shows, read from one snapshot. */
export interface DriverStatement {
  readonly fleet: string;
  readonly holder: AccountHolder;
  readonly statement: StatementResponse;
  readonly charges: readonly StatementCharge[];
  readonly payments: readonly StatementPayment[];
  readonly unallocatedCredit: string;
  /** Null where the books are as they stand now */
  readonly asOf: Date | null;
  readonly madeAt: Date;
  readonly timeZone: string;
}

const CATEGORY_NAMES: Readonly<Record<Category, string>> = {
  EARNINGS: 'Earnings',
  TAXES: 'Taxes',
  EZPASS: 'E-ZPass tolls',
  LEASE: 'Lease',
  PVB: 'Parking violations (PVB)',
  TLC: 'TLC',
  REPAIRS: 'Repairs',
  LOANS: 'Loans',
  DEPOSITS: 'Deposits',
  MISC: 'Miscellaneous',
};

const SUMMARY: readonly PdfColumn[] = [
  { heading: 'Category', width: 144, align: 'left' },
  { heading: 'Prior balance', width: 90, align: 'right' },
  { heading: 'Current charge', width: 90, align: 'right' },
  { heading: 'Payment applied', width: 90, align: 'right' },
  { heading: 'Balance forward', width: 90, align: 'right' },
];

const CHARGES: readonly PdfColumn[] = [
  { heading: 'Posting', width: 84, align: 'left' },
  { heading: 'Due', width: 70, align: 'left' },
  { heading: 'Category', width: 104, align: 'left' },
  { heading: 'For', width: 176, align: 'left', isProse: true },
  { heading: 'Amount', width: 70, align: 'right' },
];

const PAYMENTS: readonly PdfColumn[] = [
  { heading: 'Payment', width: 84, align: 'left' },
  { heading: 'Taken on', width: 70, align: 'left' },
  { heading: 'Applied to', width: 104, align: 'left' },
  { heading: 'For', width: 176, align: 'left', isProse: true },
  { heading: 'Amount', width: 70, align: 'right' },
];

/** What the driver owed, was charged and paid in the week, by category and line by line. */
export function driverStatement(of: DriverStatement): Promise<Buffer> {
  const { statement, holder } = of;
  const week = `${printedDate(statement.period_start)} – ${printedDate(statement.period_end)}`;
  const printed = `Printed ${printedInstant(of.madeAt, of.timeZone)}`;
  const asOf = of.asOf ? ` · As the books stood on ${printedInstant(of.asOf, of.timeZone)}` : '';
  const document = new PdfDocument({
    title: 'Weekly statement',
    issuer: of.fleet,
    reference: week,
    madeAt: of.madeAt,
    foot: `TLC license ${holder.tlc_license_number} · Lease ${holder.lease_number} · ${printed}${asOf}`,
  });
  document.facts([
    [
      ['Driver', `${holder.first_name} ${holder.last_name}`, `TLC license ${holder.tlc_license_number}`],
      ['Lease', holder.lease_number],
      ['Cab', `Medallion ${holder.medallion_number}`, `Plate ${holder.vehicle_plate}`],
    ],
  ]);
  document.figure(
    `Total owed at the end of ${printedDate(statement.period_end)}`,
    printedDollars(statement.totals.balance_forward),
  );
  document.paragraph(
    `Unallocated credit: ${printedDollars(of.unallocatedCredit)}. It is not taken off the total owed; the next payment by hierarchy uses it first.`,
    { size: 8.5 },
  );
  document.heading('By category');
  document.table(SUMMARY, summaryRows(statement));
  addLines(document, 'Charges of the week', CHARGES, chargeRows(of), statement.totals.current_charge);
  addLines(document, 'Payments of the week', PAYMENTS, paymentRows(of), statement.totals.payment_applied);
  return document.finished();
}

function addLines(
  document: PdfDocument,
  title: string,
  columns: readonly PdfColumn[],
  rows: readonly PdfRow[],
  total: string,
): void {
  document.heading(title);
  if (rows.length === 0) {
    document.paragraph('None.', { color: INK.quiet });
    return;
  }
  document.table(columns, [
    ...rows,
    { cells: ['', '', '', '', printedNumber(total)], label: { text: 'Total', columns: 4 }, isTotal: true },
  ]);
}

function summaryRows({ categories, totals }: StatementResponse): PdfRow[] {
  const cells = (name: string, amounts: StatementAmountsResponse): string[] => [
    name,
    ...[amounts.prior_balance, amounts.current_charge, amounts.payment_applied, amounts.balance_forward].map(
      printedNumber,
    ),
  ];
  return [
    ...categories.map((row) => ({ cells: cells(CATEGORY_NAMES[row.category], row) })),
    { cells: cells('Total', totals), isTotal: true },
  ];
}

function chargeRows({ charges }: DriverStatement): PdfRow[] {
  return charges.map((charge) => ({
    cells: [
      charge.posting_id,
      printedDate(charge.due_date),
      CATEGORY_NAMES[charge.category],
      purposeOf(charge),
      printedNumber(charge.amount),
    ],
  }));
}

function paymentRows({ payments, timeZone }: DriverStatement): PdfRow[] {
  return payments.map((payment) => ({
    cells: [
      payment.posting_id,
      printedDate(dateAt(payment.posted_at, timeZone)),
      CATEGORY_NAMES[payment.category],
      purposeOf(payment),
      printedNumber(payment.amount),
    ],
  }));
}

/** The reference tells one toll from the other where their descriptions are alike. */
function purposeOf({ reference_id, description }: StatementCharge | StatementPayment): string {
  return description === null || description === reference_id
    ? reference_id
    : `${reference_id} · ${description}`;
}
