import type { Day } from './calendar.js';
import { dateOf } from './calendar.js';
import type { FleetModel } from './fleet-model.js';
import type { ModelDebt } from './ledger-model.js';
import type { LoanModel, ModelInstallment } from './loan-model.js';
import type { Cents } from './money.js';
import { dollars, sum } from './money.js';

type Fields = Record<string, string | number | null>;

/** The records that the model expects from the service, with the fields that the model knows. */
export function loanRecord(loan: LoanModel, today: Day): Fields {
  const overdue = loan.posted.filter(({ week }) => week + 6 < today);
  const owed = loan.planned.filter((installment) => !loan.isPaid(installment));
  const counted = loan.status === 'CANCELLED' ? loan.installments : loan.planned;
  const interest = sum(counted, (installment) => installment.interest);
  return {
    loan_id: loan.id,
    driver_id: loan.borrower.driver_id,
    lease_id: loan.borrower.lease_id,
    status: loan.status,
    loan_amount: dollars(loan.amount),
    loan_date: dateOf(loan.lentOn),
    start_week: dateOf(loan.period.start),
    end_week: dateOf(loan.period.end),
    outstanding_balance: dollars(loan.outstanding),
    amount_due: dollars(sum(loan.posted, (installment) => loan.owedOn(installment))),
    amount_overdue: dollars(sum(overdue, (installment) => loan.owedOn(installment))),
    total_principal_paid: dollars(loan.total('principalPaid')),
    total_interest_paid: dollars(loan.total('interestPaid')),
    written_off: dollars(loan.total('principalOff')),
    recovered: dollars(loan.recovered),
    left_to_recover: dollars(loan.leftToRecover),
    total_interest: dollars(interest),
    total_payable: dollars(loan.amount + interest),
    next_due_date: owed.length === 0 ? null : dateOf(Math.min(...owed.map(({ week }) => week)) + 6),
    interest_accrued_through: dateOf(loan.accruedThrough),
    waived_interest: dollars(loan.waived),
  };
}

export function installmentRecord(loan: LoanModel, installment: ModelInstallment, today: Day): Fields {
  const paid = loan.split(installment);
  const { status, week } = installment;
  const unposted = week <= today ? 'DUE' : 'SCHEDULED';
  return {
    installment_id: installment.id,
    due_date: dateOf(week + 6),
    principal_amount: dollars(installment.principal),
    interest_amount: dollars(installment.interest),
    principal_paid: dollars(paid.principalPaid),
    interest_paid: dollars(paid.interestPaid),
    principal_written_off: dollars(paid.principalOff),
    interest_written_off: dollars(paid.interestOff),
    outstanding_balance: dollars(loan.owedOn(installment)),
    status: loan.isPaid(installment) ? 'PAID' : status === 'SCHEDULED' ? unposted : status,
    ledger_balance_id: status === 'POSTED' ? installment.debt!.id : null,
  };
}

export function balanceRecord({ ledger }: FleetModel, debt: ModelDebt): Fields {
  return {
    balance_id: debt.id,
    posting_id: debt.postingId,
    lease_id: debt.borrower.lease_id,
    category: debt.category,
    due_date: dateOf(debt.due),
    original_amount: dollars(debt.cents),
    payment_applied: dollars(ledger.applied(debt)),
    outstanding_balance: dollars(ledger.owed(debt)),
    status: ledger.statusOf(debt),
  };
}

/** The totals of each export: only owed or paid amounts are included. */
export function exportTotals(fleet: FleetModel): Record<string, Record<string, string>> {
  return {
    '/loans': loanTotals(fleet),
    '/loans/installments': installmentTotals(fleet),
    '/ledger/balances': balanceTotals(fleet),
  };
}

function loanTotals({ loans }: FleetModel): Record<string, string> {
  const lent = loans.filter(({ status }) => status !== 'CANCELLED');
  const total = (amountOf: (loan: LoanModel) => Cents): string => dollars(sum(lent, amountOf));
  const interestOf = (loan: LoanModel): Cents => sum(loan.planned, ({ interest }) => interest);
  return {
    loan_amount: total(({ amount }) => amount),
    total_interest: total(interestOf),
    total_payable: total((loan) => loan.amount + interestOf(loan)),
    total_principal_paid: total((loan) => loan.total('principalPaid')),
    total_interest_paid: total((loan) => loan.total('interestPaid')),
    written_off: total((loan) => loan.total('principalOff')),
    recovered: total(({ recovered }) => recovered),
    outstanding_balance: total(({ outstanding }) => outstanding),
  };
}

function installmentTotals({ loans }: FleetModel): Record<string, string> {
  const rows = loans.flatMap((loan) =>
    loan.installments.map((installment) => ({
      ...installment,
      ...loan.split(installment),
      owed: loan.owedOn(installment),
    })),
  );
  const counted = rows.filter(({ status, isGivenUp }) => status !== 'SKIPPED' || isGivenUp);
  const total = (amountOf: (row: (typeof rows)[number]) => Cents): string => dollars(sum(counted, amountOf));
  const charged = ({ isGivenUp, interest }: ModelInstallment): Cents => (isGivenUp ? 0 : interest);
  return {
    principal_amount: total(({ principal }) => principal),
    interest_amount: total(charged),
    total_due: total((row) => row.principal + charged(row)),
    principal_paid: total(({ principalPaid }) => principalPaid),
    interest_paid: total(({ interestPaid }) => interestPaid),
    principal_written_off: total(({ principalOff }) => principalOff),
    interest_written_off: total(({ interestOff }) => interestOff),
    outstanding_balance: total(({ owed }) => owed),
  };
}

function balanceTotals({ ledger }: FleetModel): Record<string, string> {
  const counted = ledger.debts.filter(({ voidedOn }) => voidedOn === null);
  return {
    original_amount: dollars(sum(counted, ({ cents }) => cents)),
    payment_applied: dollars(sum(counted, (debt) => ledger.applied(debt))),
    outstanding_balance: dollars(sum(counted, (debt) => ledger.owed(debt))),
  };
}
