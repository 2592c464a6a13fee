import { dateAt } from '../../../kernel/calendar/calendar-date.js';
import { Money } from '../../../kernel/money/money.js';
import { PdfDocument } from '../../../platform/pdf/pdf-document.js';
import type { PdfRow } from '../../../platform/pdf/document-layout.js';
import { INK } from '../../../platform/pdf/pdf-sheet.js';
import type { PdfColumn } from '../../../platform/pdf/pdf-table.js';
import { printedDollars, printedNumber } from '../../../kernel/money/printed-amount.js';
import { printedDate, printedInstant } from '../../../platform/pdf/printed.js';
import { CATEGORY_LABELS } from '../account/category.js';
import { PAYMENT_METHOD_LABELS } from '../postings/posting-kind.js';
import type { AccountHolder } from '../account/account.query.js';
import { accountFoot, holderFacts, purposeOf } from '../account/printed-account.document.js';
import type { StatementLine } from './statement.query.js';
import type { StatementAmountsView, StatementMoneyView, StatementView } from './statement.view.js';

/** The content of a driver's statement, read from one snapshot. */
export interface DriverStatement {
  readonly fleet: string;
  readonly holder: AccountHolder;
  readonly statement: StatementView;
  readonly lines: readonly StatementLine[];
  /** Null for the current state of the books */
  readonly asOf: Date | null;
  readonly madeAt: Date;
  readonly timeZone: string;
}

const SUMMARY: readonly PdfColumn[] = [
  { heading: 'Category', width: 119, align: 'left' },
  { heading: 'Prior balance', width: 75, align: 'right' },
  { heading: 'Current charge', width: 77, align: 'right' },
  { heading: 'Payment applied', width: 80, align: 'right' },
  { heading: 'Adjustment', width: 73, align: 'right' },
  { heading: 'Balance forward', width: 80, align: 'right' },
];

const linesOf = (heading: string, date: string, category: string): readonly PdfColumn[] => [
  { heading, width: 84, align: 'left' },
  { heading: date, width: 70, align: 'left' },
  { heading: category, width: 104, align: 'left' },
  { heading: 'For', width: 176, align: 'left', isProse: true },
  { heading: 'Amount', width: 70, align: 'right' },
];

const CHARGES = linesOf('Posting', 'Due', 'Category');
const PAYMENTS = linesOf('Payment', 'Received on', 'Applied to');
const ADJUSTMENTS = linesOf('Posting', 'Posted on', 'Category');

const MONEY: readonly PdfColumn[] = [
  { heading: 'Posting', width: 104, align: 'left' },
  { heading: 'Date', width: 80, align: 'left' },
  { heading: 'Method', width: 90, align: 'left' },
  { heading: 'Reference', width: 160, align: 'left', isProse: true },
  { heading: 'Amount', width: 70, align: 'right' },
];

/** Prints prior balance, charges, payments and adjustments of the week, by category and line by line. */
export function driverStatement(of: DriverStatement): PdfDocument {
  const { statement, holder } = of;
  const { totals } = statement;
  const week = `${printedDate(statement.period_start)} – ${printedDate(statement.period_end)}`;
  const asOf = of.asOf ? ` · As of ${printedInstant(of.asOf, of.timeZone)}` : '';
  const document = new PdfDocument({
    title: 'Weekly statement',
    issuer: of.fleet,
    reference: week,
    madeAt: of.madeAt,
    foot: `${accountFoot(holder, of.madeAt, of.timeZone)}${asOf}`,
  });
  document.facts([holderFacts(holder)]);
  document.figure(owedLabel(of), printedDollars(totals.balance_forward));
  document.paragraph(
    `Credit left over: ${printedDollars(statement.credit)}. It belongs to the driver, is not deducted from the total owed, and pays the next charges.`,
    { size: 8.5 },
  );
  if (!Money.of(statement.recovered).isZero()) {
    document.paragraph(
      `Recovered in the week: ${printedDollars(statement.recovered)}, against loans that are written off. It is not part of the total owed.`,
      { size: 8.5 },
    );
  }
  document.heading('By category');
  document.table(SUMMARY, summaryRows(statement));
  const rows = (entry: StatementLine['entry']) => lineRows(of.lines, entry);
  addLines(document, 'Charges of the week', CHARGES, rows('CHARGE'), totals.current_charge);
  addLines(document, 'Payments applied', PAYMENTS, rows('PAYMENT'), totals.payment_applied);
  if (of.lines.some(({ entry }) => entry === 'ADJUSTMENT')) {
    addLines(document, 'Adjustments', ADJUSTMENTS, rows('ADJUSTMENT'), totals.adjustment);
  }
  addLines(document, 'Money received', MONEY, moneyRows(statement.receipts), statement.total_received);
  if (statement.refunds.length > 0) {
    addLines(document, 'Refunds paid out', MONEY, moneyRows(statement.refunds), statement.total_refunded);
  }
  return document;
}

/** A week that is not over has no end yet: what is owed is that of the day on which the statement is printed. */
function owedLabel({ statement: { period_end }, asOf, madeAt, timeZone }: DriverStatement): string {
  const day = dateAt(asOf ?? madeAt, timeZone);
  return day > period_end
    ? `Total owed at the end of ${printedDate(period_end)}`
    : `Total owed as of ${printedDate(day)} (week not over)`;
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

function summaryRows({ categories, totals }: StatementView): PdfRow[] {
  const cells = (name: string, of: StatementAmountsView): string[] => [
    name,
    ...[of.prior_balance, of.current_charge, of.payment_applied, of.adjustment, of.balance_forward].map(
      printedNumber,
    ),
  ];
  return [
    ...categories.map((row) => ({ cells: cells(CATEGORY_LABELS[row.category], row) })),
    { cells: cells('Total', totals), isTotal: true },
  ];
}

/** A payment is printed as a positive amount, an adjustment with its sign. */
function lineRows(lines: readonly StatementLine[], entry: StatementLine['entry']): PdfRow[] {
  return lines
    .filter((line) => line.entry === entry)
    .map((line) => ({
      cells: [
        line.posting_id,
        printedDate(line.date),
        CATEGORY_LABELS[line.category],
        purposeOf(line),
        printedNumber(entry === 'PAYMENT' ? Money.ZERO.minus(Money.of(line.amount)).toString() : line.amount),
      ],
    }));
}

function moneyRows(money: readonly StatementMoneyView[]): PdfRow[] {
  return money.map(({ posting_id, date, method, reference, amount }) => ({
    cells: [
      posting_id,
      printedDate(date),
      method === null ? 'Not recorded' : PAYMENT_METHOD_LABELS[method],
      amount.startsWith('-') ? `Void of ${reference}` : reference,
      printedNumber(amount),
    ],
  }));
}
