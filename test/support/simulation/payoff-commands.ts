import type { LoanModel, PayoffRecord } from '../model/loan-model.js';
import { byNumber } from '../model/ids.js';
import type { ModelDebt } from '../model/ledger-model.js';
import type { Cents } from '../model/money.js';
import { dollars } from '../model/money.js';
import type { CommandOf } from './commands.js';
import { choose } from './choose.js';
import type { Simulation } from './simulation.js';

/** Pays a percentage of the quote, or nothing. */
export async function payOff(simulation: Simulation, { pick, paying }: CommandOf<'payOff'>): Promise<void> {
  const { model } = simulation;
  const amountOf = (loan: LoanModel): Cents =>
    paying === null ? 0 : Math.ceil((model.quote(loan, model.today).total * paying) / 100);
  const chosen = choose(model.loans, pick, (loan) => {
    return loan.isRunning && (loan.unposted.length > 0 || amountOf(loan) > 0);
  });
  if (!chosen) return;
  const { item: loan, isAllowed } = chosen;
  const cents = amountOf(loan);
  const payment = { amount: dollars(cents), source_type: 'SIMULATION', source_id: simulation.nextSource() };
  const answer = await simulation.attempt(
    isAllowed,
    simulation.client.post<{ payment_posting_id: string | null }>(
      `/loans/${loan.id}/payoff`,
      cents > 0 ? { payment } : {},
    ),
  );
  if (!answer) return;
  const isReplaced = loan.unposted.length > 0;
  if (isReplaced) {
    const installment = loan.payOff(model.week, model.quote(loan, model.today));
    await simulation.recordPosted([{ loan, installment }]);
  }
  if (answer.payment_posting_id !== null)
    settle(simulation, loan, answer.payment_posting_id, cents, isReplaced);
}

/** One payment on the open balances of this loan only, the oldest first. */
function settle(
  simulation: Simulation,
  loan: LoanModel,
  id: string,
  cents: Cents,
  isOfPayoff: boolean,
): void {
  const { ledger } = simulation.model;
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
  const credit = {
    id,
    kind: 'PAYMENT' as const,
    borrower: loan.borrower,
    week: simulation.model.week,
    cents,
  };
  const payment = ledger.pay(credit, parts);
  if (isOfPayoff && loan.payoff) loan.payoff.payment = payment;
  simulation.model.settle();
}

/** Restores the schedule that the latest payoff replaced. */
export async function undoPayoff(simulation: Simulation, { pick }: CommandOf<'undoPayoff'>): Promise<void> {
  const chosen = choose(simulation.model.loans, pick, ({ status, payoff, writeOff }) => {
    const isOpen = status !== 'CANCELLED' && writeOff?.voidedOn !== null;
    return isOpen && payoff !== null && isUndoable(simulation, payoff);
  });
  if (!chosen) return;
  const { item: loan, isAllowed } = chosen;
  await simulation.attempt(
    isAllowed,
    simulation.client.post(`/loans/${loan.id}/payoff/undo`, { reason: 'Wrong loan' }),
  );
  const { payoff } = loan;
  if (!isAllowed || !payoff) return;
  const { payment, installment } = payoff;
  if (payment) simulation.model.ledger.void(payment);
  if (installment.debt) simulation.model.ledger.void(installment.debt);
  installment.debt = null;
  loan.undoPayoff(payoff);
  await simulation.recordPosted(loan.status === 'ACTIVE' ? simulation.model.dueAtOnce(loan) : []);
  simulation.model.settle();
}

/** True if its installment has only its own payment and is not disputed. */
function isUndoable({ model }: Simulation, { installment: { debt }, payment }: PayoffRecord): boolean {
  if (!debt) return true;
  const others = model.ledger.parts.filter((part) => part.debt === debt && part.credit !== payment);
  return !debt.isDisputed && others.every(({ credit }) => credit.voidedOn !== null);
}
