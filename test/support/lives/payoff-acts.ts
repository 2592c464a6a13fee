import type { LoanModel, PayoffRecord } from '../model/loan-model.js';
import { byNumber } from '../model/ids.js';
import type { ModelDebt } from '../model/ledger-model.js';
import type { Cents } from '../model/money.js';
import { dollars } from '../model/money.js';
import type { ActOf } from './acts.js';
import { choose } from './choose.js';
import type { Life } from './life.js';

/** Pays a percentage of the quote, or nothing. */
export async function payOff(life: Life, { pick, paying }: ActOf<'payOff'>): Promise<void> {
  const { model } = life;
  const amountOf = (loan: LoanModel): Cents =>
    paying === null ? 0 : Math.ceil((model.quote(loan, model.today).total * paying) / 100);
  const chosen = choose(model.loans, pick, (loan) => {
    return loan.isRunning && (loan.unposted.length > 0 || amountOf(loan) > 0);
  });
  if (!chosen) return;
  const { item: loan, isAllowed } = chosen;
  const cents = amountOf(loan);
  const payment = { amount: dollars(cents), source_type: 'LIFE', source_id: life.nextSource() };
  const answer = await life.attempt(
    isAllowed,
    life.client.post<{ payment_posting_id: string | null }>(
      `/loans/${loan.id}/payoff`,
      cents > 0 ? { payment } : {},
    ),
  );
  if (!answer) return;
  const isReplaced = loan.unposted.length > 0;
  if (isReplaced) {
    const installment = loan.payOff(model.week, model.quote(loan, model.today));
    await life.recordPosted([{ loan, installment }]);
  }
  if (answer.payment_posting_id !== null) settle(life, loan, answer.payment_posting_id, cents, isReplaced);
}

/** One payment on the open balances of this loan only, the oldest first. */
function settle(life: Life, loan: LoanModel, id: string, cents: Cents, isOfPayoff: boolean): void {
  const { ledger } = life.model;
  const open = loan.posted
    .flatMap(({ debt }) => (debt && ledger.statusOf(debt) === 'OPEN' ? [debt] : []))
    .toSorted((one, other) => one.due - other.due || byNumber(one.id, other.id));
  const parts: [ModelDebt, Cents][] = [];
  let left = cents;
  for (const debt of open) {
    const part = Math.min(left, ledger.owed(debt));
    if (part > 0) parts.push([debt, part]);
    left -= part;
  }
  const credit = { id, kind: 'PAYMENT' as const, borrower: loan.borrower, week: life.model.week, cents };
  const payment = ledger.pay(credit, parts);
  if (isOfPayoff && loan.payoff) loan.payoff.payment = payment;
  life.model.settle();
}

/** Restores the schedule that the latest payoff replaced. */
export async function undoPayoff(life: Life, { pick }: ActOf<'undoPayoff'>): Promise<void> {
  const chosen = choose(life.model.loans, pick, ({ status, payoff, writeOff }) => {
    const isOpen = status !== 'CANCELLED' && writeOff?.voidedOn !== null;
    return isOpen && payoff !== null && isUndoable(life, payoff);
  });
  if (!chosen) return;
  const { item: loan, isAllowed } = chosen;
  await life.attempt(isAllowed, life.client.post(`/loans/${loan.id}/payoff/undo`, { reason: 'Wrong loan' }));
  const { payoff } = loan;
  if (!isAllowed || !payoff) return;
  const { payment, installment } = payoff;
  if (payment) life.model.ledger.void(payment);
  if (installment.debt) life.model.ledger.void(installment.debt);
  installment.debt = null;
  loan.undoPayoff(payoff);
  await life.recordPosted(loan.status === 'ACTIVE' ? life.model.dueAtOnce(loan) : []);
  life.model.settle();
}

/** True if its installment has only its own payment and is not disputed. */
function isUndoable({ model }: Life, { installment: { debt }, payment }: PayoffRecord): boolean {
  if (!debt) return true;
  const others = model.ledger.parts.filter((part) => part.debt === debt && part.credit !== payment);
  return !debt.isDisputed && others.every(({ credit }) => credit.voidedOn !== null);
}
