import { dateAt } from '../../../kernel/calendar/calendar-date.js';
import { printedDollars, printedNumber } from '../../../kernel/money/printed-amount.js';
import { Money } from '../../../kernel/money/money.js';
import type { PdfRow } from '../../../platform/pdf/document-layout.js';
import { PdfDocument } from '../../../platform/pdf/pdf-document.js';
import type { PdfColumn } from '../../../platform/pdf/pdf-table.js';
import { printedDate } from '../../../platform/pdf/printed.js';
import type { AccountHolder } from '../account/account.query.js';
import { CATEGORY_LABELS } from '../account/category.js';
import { accountFoot, holderFacts, purposeOf } from '../account/printed-account.document.js';
import { PAYMENT_METHOD_LABELS } from '../postings/posting-kind.js';
import type { PostingDetailView } from '../postings/posting.view.js';
import type { PaidBalance } from './payment-receipt.query.js';

/** The content of a receipt, read from one snapshot. */
export interface ReceiptContent {
  readonly payment: PostingDetailView;
  readonly holder: AccountHolder;
  readonly paidBalances: readonly PaidBalance[];
  /** What the driver owes under all leases, in dollars */
  readonly owed: string;
}

interface ReceiptContext {
  readonly fleet: string;
  readonly madeAt: Date;
  readonly timeZone: string;
}

const PAID: readonly PdfColumn[] = [
  { heading: 'Category', width: 104, align: 'left' },
  { heading: 'For', width: 186, align: 'left', isProse: true },
  { heading: 'Due', width: 70, align: 'left' },
  { heading: 'Paid', width: 70, align: 'right' },
  { heading: 'Still owed', width: 74, align: 'right' },
];

/** What was paid, when and how, what it paid, and what the driver still owes. */
export function paymentReceipt(
  { payment, holder, paidBalances, owed }: ReceiptContent,
  { fleet, madeAt, timeZone }: ReceiptContext,
): PdfDocument {
  const document = new PdfDocument({
    title: 'Payment receipt',
    issuer: fleet,
    reference: payment.posting_id,
    madeAt,
    foot: accountFoot(holder, madeAt, timeZone),
  });
  if (payment.voided_at !== null) {
    const day = printedDate(dateAt(payment.voided_at, timeZone));
    document.notice('VOIDED', `This payment was voided on ${day}. It pays nothing any more.`);
  }
  document.facts([holderFacts(holder), receivedFacts(payment, timeZone), ...remarks(payment)]);
  document.figure('Amount received', printedDollars(payment.amount));
  if (payment.voided_at !== null) return document;
  document.heading('What it paid');
  document.table(PAID, paidRows(payment, paidBalances));
  if (!Money.of(payment.left_over ?? '0.00').isZero()) {
    document.paragraph(
      'A credit belongs to the driver. It is not deducted from what is still owed, and pays the next charges.',
      { size: 8.5 },
    );
  }
  document.figure(
    `Still owed under all leases on ${printedDate(dateAt(madeAt, timeZone))}`,
    printedDollars(owed),
  );
  return document;
}

type Facts = Parameters<PdfDocument['facts']>[0];

function receivedFacts(payment: PostingDetailView, timeZone: string): Facts[number] {
  const { received_on: receivedOn, posted_at: postedAt, payment_method: method } = payment;
  return [
    ['Received on', printedDate(receivedOn ?? dateAt(postedAt, timeZone))],
    ['Method', method === null ? 'Not recorded' : PAYMENT_METHOD_LABELS[method]],
    ['Reference number', payment.source_id],
  ];
}

function remarks({ notes, void_reason: reason }: PostingDetailView): Facts {
  return [
    ...(notes === null ? [] : [[['Note', notes] as const]]),
    ...(reason === null ? [] : [[['Reason for the void', reason] as const]]),
  ];
}

/** The rows add up to the amount received. */
function paidRows(payment: PostingDetailView, paidBalances: readonly PaidBalance[]): PdfRow[] {
  const rest = (name: string, amount: string | null): PdfRow[] =>
    amount === null || Money.of(amount).isZero()
      ? []
      : [{ cells: ['', name, '', printedNumber(amount), ''] }];
  return [
    ...paidBalances.map((balance) => ({
      cells: [
        CATEGORY_LABELS[balance.category],
        purposeOf(balance),
        printedDate(balance.due_date),
        printedNumber(balance.paid),
        printedNumber(balance.outstanding_balance),
      ],
    })),
    ...(payment.kind === 'RECOVERY' ? rest(payment.description ?? 'Recovery', payment.amount) : []),
    ...rest('Refunded to the driver', payment.refunded),
    ...rest('Credit of the driver', payment.left_over),
    {
      cells: ['', '', '', printedNumber(payment.amount), ''],
      label: { text: 'Total', columns: 3 },
      isTotal: true,
    },
  ];
}
