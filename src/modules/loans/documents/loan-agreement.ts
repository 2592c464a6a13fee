import { Money } from '../../../kernel/money/money.js';
import { PdfDocument } from '../../../platform/pdf/pdf-document.js';
import type { PdfRow } from '../../../platform/pdf/pdf-document.js';
import { INK } from '../../../platform/pdf/pdf-sheet.js';
import type { PdfColumn } from '../../../platform/pdf/pdf-table.js';
import { printedDate, printedDollars, printedInstant, printedNumber } from '../../../platform/pdf/printed.js';
import type { InstallmentResponse } from '../http/installment.response.js';
import type { LoanDetailResponse } from '../http/loan.response.js';
import { agreementTerms } from './agreement-terms.js';

export interface AgreementContext {
  /** The lender */
  readonly fleet: string;
  /** Of the weekly posting, such as "Sunday" */
  readonly postingDay: string;
  readonly madeAt: Date;
  readonly timeZone: string;
}

const COLUMNS: readonly PdfColumn[] = [
  { heading: 'No.', width: 30, align: 'right' },
  { heading: 'Payment week', width: 146, align: 'left' },
  { heading: 'Due', width: 72, align: 'left' },
  { heading: 'Principal', width: 62, align: 'right' },
  { heading: 'Interest', width: 58, align: 'right' },
  { heading: 'Total due', width: 64, align: 'right' },
  { heading: 'Principal after', width: 72, align: 'right' },
];

/** The loan's terms and schedule, to print and sign. */
export function loanAgreement(loan: LoanDetailResponse, context: AgreementContext): Promise<Buffer> {
  const standing = standingInstallments(loan);
  const document = new PdfDocument({
    title: 'Loan agreement',
    issuer: context.fleet,
    reference: loan.loan_id,
    madeAt: context.madeAt,
    foot: `Loan ${loan.loan_id} · Printed ${printedInstant(context.madeAt, context.timeZone)}`,
  });
  const borrower = `${loan.driver.first_name} ${loan.driver.last_name}`;
  noticeOfStatus(document, loan);
  document.facts(factsOf(loan, standing.length, borrower, context.fleet));
  document.heading('Terms');
  document.numbered(agreementTerms(loan, standing.length, context));
  document.heading('Repayment schedule');
  document.table(COLUMNS, scheduleRows(loan, standing));
  if (standing.length < loan.installments.length) {
    document.paragraph(
      'A replaced installment is not owed: those that are not replaced stand in its place.',
      {
        size: 8,
        color: INK.quiet,
      },
    );
  }
  document.signatures(
    `${context.fleet} lends ${borrower} (TLC license ${loan.driver.tlc_license_number}) ` +
      `${printedDollars(loan.loan_amount)} as loan ${loan.loan_id}, repaid in ${installments(standing.length)} ` +
      `of ${printedDollars(loan.total_payable)} in total on the terms and the schedule above.`,
    [
      ['Borrower', borrower],
      ['For the lender', context.fleet],
    ],
  );
  return document.finished();
}

/** A cancelled loan prints the schedule that it had; of any other, what is skipped is owed by nobody. */
function standingInstallments(loan: LoanDetailResponse): InstallmentResponse[] {
  return loan.installments.filter(({ status }) => status !== 'SKIPPED' || loan.status === 'CANCELLED');
}

function noticeOfStatus(document: PdfDocument, { status }: LoanDetailResponse): void {
  if (status === 'DRAFT') {
    document.notice(
      'DRAFT: not yet approved',
      'This loan has not been approved, and no money may be paid out on it.',
    );
  }
  if (status === 'CANCELLED') {
    document.notice(
      'CANCELLED',
      'This loan has been cancelled. Nothing is owed under it, and it is not to be signed.',
    );
  }
}

type Facts = Parameters<PdfDocument['facts']>[0];

function factsOf(loan: LoanDetailResponse, count: number, borrower: string, fleet: string): Facts {
  const { driver, lease } = loan;
  const cab = `Medallion ${lease.medallion_number} · Plate ${lease.vehicle_plate}`;
  const rest: [string, string][] = [['Purpose', loan.purpose ?? 'Not stated']];
  if (Money.of(loan.written_off).isPositive()) rest.push(['Written off', printedDollars(loan.written_off)]);
  return [
    [
      ['Borrower', borrower, `TLC license ${driver.tlc_license_number}`],
      ['Lender', fleet],
      ['Lease', lease.lease_number, cab],
    ],
    [
      ['Principal', printedDollars(loan.loan_amount)],
      ['Interest a year', `${loan.interest_rate} %`],
      ['Total interest', printedDollars(loan.total_interest)],
      ['Total payable', printedDollars(loan.total_payable)],
    ],
    [
      ['Loan date', printedDate(loan.loan_date)],
      ['First payment week from', printedDate(loan.start_week)],
      ['Last installment due', printedDate(loan.end_week)],
      ['Installments', String(count)],
    ],
    rest,
  ];
}

function scheduleRows(loan: LoanDetailResponse, standing: readonly InstallmentResponse[]): PdfRow[] {
  let left = Money.of(loan.loan_amount);
  const rows = loan.installments.map((installment): PdfRow => {
    const when = [
      String(installment.installment_number),
      `${printedDate(installment.week_start)} – ${printedDate(installment.week_end)}`,
      printedDate(installment.due_date),
    ];
    if (!standing.includes(installment))
      return { cells: [...when, '', '', 'replaced', ''], color: INK.quiet };
    left = left.minus(Money.of(installment.principal_amount));
    const { principal_amount, interest_amount, total_due } = installment;
    const amounts = [principal_amount, interest_amount, total_due, left.toString()];
    return { cells: [...when, ...amounts.map(printedNumber)] };
  });
  const totals = [loan.loan_amount, loan.total_interest, loan.total_payable].map(printedNumber);
  return [
    ...rows,
    {
      cells: ['', '', '', ...totals, ''],
      label: { text: `Total of ${installments(standing.length)}`, columns: 3 },
      isTotal: true,
    },
  ];
}

function installments(count: number): string {
  return count === 1 ? '1 installment' : `${count} installments`;
}
