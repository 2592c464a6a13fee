import { counted } from '../../../kernel/text/sentence.js';
import { PdfDocument } from '../../../platform/pdf/pdf-document.js';
import { printedDollars } from '../../../kernel/money/printed-amount.js';
import { printedDate, printedInstant } from '../../../platform/pdf/printed.js';
import { fullName } from '../../drivers/index.js';
import type { ScheduleLine } from '../schedule/schedule-version.js';

import { agreementTerms } from './agreement-terms.document.js';
import { SCHEDULE_COLUMNS, scheduleRows, totalsOf } from './printed-plan.document.js';
import type { LoanDetailView } from '../overview/loan.view.js';

export interface AgreementContext {
  /** The lender */
  readonly fleet: string;
  /** The weekday of the weekly posting, for example "Sunday" */
  readonly postingDay: string;
  readonly madeAt: Date;
  readonly timeZone: string;
}

/** The loan agreement to print and sign: terms and agreed schedule. */
export function loanAgreement(
  loan: LoanDetailView,
  plan: readonly ScheduleLine[],
  context: AgreementContext,
): PdfDocument {
  const document = loanDocument('Loan agreement', loan, context);
  document.facts(factsOf(loan, plan, context));
  document.heading('Terms');
  document.numbered(agreementTerms(loan, plan.length, context));
  document.heading('Repayment schedule');
  document.table(SCHEDULE_COLUMNS, scheduleRows(plan));
  if (loan.status !== 'CANCELLED') {
    const payable = printedDollars(totalsOf(plan).payable.toString());
    addSignatures(
      document,
      loan,
      context,
      `${context.fleet} lends ${borrowerOf(loan)} (TLC license ${loan.driver.tlc_license_number}) ` +
        `${printedDollars(loan.loan_amount)} as loan ${loan.loan_id}, repaid in ${counted(plan.length, 'installment')} ` +
        `of ${payable} in total on the terms and the schedule above.`,
    );
  }
  return document;
}

/** A document about a loan, with a notice if the loan is a draft or cancelled. */
export function loanDocument(title: string, loan: LoanDetailView, context: AgreementContext): PdfDocument {
  const document = new PdfDocument({
    title,
    issuer: context.fleet,
    reference: loan.loan_id,
    madeAt: context.madeAt,
    foot: `Loan ${loan.loan_id} · Printed ${printedInstant(context.madeAt, context.timeZone)}`,
  });
  if (loan.status === 'DRAFT') {
    document.notice(
      'DRAFT: not yet approved',
      'This loan has not been approved, and no money may be paid out on it.',
    );
  }
  if (loan.status === 'CANCELLED') {
    document.notice(
      'CANCELLED',
      'This loan has been cancelled. Nothing is owed under it, and it is not to be signed.',
    );
  }
  return document;
}

export function addSignatures(
  document: PdfDocument,
  loan: LoanDetailView,
  { fleet }: AgreementContext,
  sentence: string,
): void {
  document.signatures(sentence, [
    ['Borrower', borrowerOf(loan)],
    ['For the lender', fleet],
  ]);
}

export function borrowerOf({ driver }: LoanDetailView): string {
  return fullName(driver);
}

type Facts = Parameters<PdfDocument['facts']>[0];

/** Borrower, lender and lease. */
export function partiesOf(loan: LoanDetailView, { fleet }: AgreementContext): Facts[number] {
  const { driver, lease } = loan;
  const cab = `Medallion ${lease.medallion_number} · Plate ${lease.vehicle_plate}`;
  return [
    ['Borrower', borrowerOf(loan), `TLC license ${driver.tlc_license_number}`],
    ['Lender', fleet],
    ['Lease', lease.lease_number, cab],
  ];
}

function factsOf(loan: LoanDetailView, plan: readonly ScheduleLine[], context: AgreementContext): Facts {
  const totals = totalsOf(plan);
  return [
    partiesOf(loan, context),
    [
      ['Principal', printedDollars(loan.loan_amount)],
      ['Interest a year', `${loan.interest_rate} %`],
      ['Total interest', printedDollars(totals.interest.toString())],
      ['Total payable', printedDollars(totals.payable.toString())],
    ],
    [
      ['Loan date', printedDate(loan.loan_date)],
      ['First payment week from', printedDate(totals.firstWeek)],
      ['Last installment due', printedDate(totals.lastDueDate)],
      ['Installments', String(plan.length)],
    ],
    [['Purpose', loan.purpose ?? 'Not stated']],
  ];
}
