import type { ObligationResponse } from '../../../src/modules/ledger/obligations/obligation.response.js';
import type { PaymentResponse } from '../../../src/modules/ledger/payments/payment.response.js';
import { dateOf, dayOf } from '../model/calendar.js';
import type { ModelCredit, ModelDebt } from '../model/ledger-model.js';
import type { Cents } from '../model/money.js';
import { dollars, sum } from '../model/money.js';
import type { CommandOf } from './commands.js';
import { choose } from './choose.js';
import type { Simulation } from './simulation.js';

export async function owe(
  simulation: Simulation,
  { borrower, cents, week, category }: CommandOf<'owe'>,
): Promise<void> {
  const owner = simulation.borrower(borrower);
  const created = await simulation.attempt(
    true,
    simulation.client.post<ObligationResponse>('/ledger/obligations', {
      ...owner,
      category,
      amount: dollars(cents),
      reference_type: 'BY_HAND',
      reference_id: simulation.nextSource(),
      payment_period_start: dateOf(simulation.model.week + 7 * week),
    }),
  );
  const { balance_id: id, posting_id: postingId, due_date } = created!.balance;
  simulation.model.ledger.owe({ id, postingId, borrower: owner, category, due: dayOf(due_date), cents });
  simulation.model.settle();
}

export function pay(simulation: Simulation, { borrower, cents, week }: CommandOf<'pay'>): Promise<void> {
  return payWith(simulation, '/ledger/payments', { borrower, cents, week }, []);
}

export async function target(
  simulation: Simulation,
  { borrower, named, more }: CommandOf<'target'>,
): Promise<void> {
  const { ledger } = simulation.model;
  const { lease_id } = simulation.borrower(borrower);
  const open = ledger.debts.filter(
    (debt) => debt.borrower.lease_id === lease_id && ledger.statusOf(debt) === 'OPEN',
  );
  const parts = new Map<ModelDebt, Cents>();
  for (const [pick, percent] of named) {
    const debt = choose(open, pick, () => true)?.item;
    if (debt) parts.set(debt, Math.ceil((ledger.owed(debt) * percent) / 100));
  }
  if (parts.size === 0) return;
  const cents = more + sum(parts, ([, part]) => part);
  await payWith(simulation, '/ledger/payments/targeted', { borrower, cents, week: 0 }, [...parts]);
}

async function payWith(
  simulation: Simulation,
  path: string,
  { borrower, cents, week }: Pick<CommandOf<'pay'>, 'borrower' | 'cents' | 'week'>,
  named: readonly (readonly [ModelDebt, Cents])[],
): Promise<void> {
  const owner = simulation.borrower(borrower);
  const counted = simulation.model.week + 7 * week;
  const answer = await simulation.attempt(
    true,
    simulation.client.post<PaymentResponse>(path, {
      ...owner,
      amount: dollars(cents),
      payment_period_start: dateOf(counted),
      source_type: 'SIMULATION',
      source_id: simulation.nextSource(),
      ...(named.length > 0 && {
        allocations: named.map(([{ id }, part]) => ({ balance_id: id, amount: dollars(part) })),
      }),
    }),
  );
  const { posting_id: id } = answer!.posting;
  const credit = { id, kind: 'PAYMENT' as const, borrower: owner, week: counted, cents };
  const created = simulation.model.ledger.pay(credit, named);
  expect(answer!.remaining_unallocated).toBe(dollars(simulation.model.ledger.leftOf(created)));
  simulation.model.settle();
}

export async function dispute(
  simulation: Simulation,
  { type, pick }: CommandOf<'dispute' | 'resolve'>,
): Promise<void> {
  const { ledger } = simulation.model;
  const status = type === 'dispute' ? 'OPEN' : 'DISPUTED';
  const chosen = choose(ledger.debts, pick, (debt) => ledger.statusOf(debt) === status);
  if (!chosen) return;
  const { item: debt, isAllowed } = chosen;
  await simulation.attempt(
    isAllowed,
    simulation.client.post(`/ledger/balances/${debt.id}/${type}`, { reason: 'Says no' }),
  );
  if (!isAllowed) return;
  debt.isDisputed = type === 'dispute';
  simulation.model.settle();
}

export async function voidDebt(simulation: Simulation, { pick }: CommandOf<'voidDebt'>): Promise<void> {
  const { ledger } = simulation.model;
  const chosen = choose(ledger.debts, pick, (debt) => {
    return ledger.statusOf(debt) === 'OPEN' && ledger.applied(debt) === 0;
  });
  if (!chosen) return;
  const { item: debt, isAllowed } = chosen;
  await reverse(simulation, debt.postingId, isAllowed);
  if (isAllowed) simulation.model.voidDebt(debt);
}

export async function voidCredit(simulation: Simulation, { pick }: CommandOf<'voidCredit'>): Promise<void> {
  const { ledger } = simulation.model;
  const isRecovered = (credit: ModelCredit): boolean =>
    simulation.model.loans.some(({ writeOff, recovered }) => writeOff === credit && recovered > 0);
  const chosen = choose(ledger.credits, pick, (credit) => {
    return credit.voidedOn === null && !isRecovered(credit) && ledger.refundsOf(credit).length === 0;
  });
  if (!chosen) return;
  const { item: credit, isAllowed } = chosen;
  await reverse(simulation, credit.id, isAllowed);
  if (isAllowed) simulation.model.voidCredit(credit);
}

/** Refunds a percentage of the credit of the driver. More than 100 percent is rejected. */
export async function refund(
  simulation: Simulation,
  { borrower, percent }: CommandOf<'refund'>,
): Promise<void> {
  const { ledger } = simulation.model;
  const { driver_id } = simulation.borrower(borrower);
  const credit = ledger.leftOver(driver_id);
  const cents = Math.ceil((credit * percent) / 100);
  if (cents === 0) return;
  const answer = await simulation.attempt(
    cents <= credit,
    simulation.client.post<{ posting: { posting_id: string } }>('/ledger/refunds', {
      driver_id,
      amount: dollars(cents),
      method: 'CHECK',
      reference: simulation.nextSource(),
      reason: 'Asked for it',
    }),
  );
  if (answer) ledger.refund(answer.posting.posting_id, driver_id, cents);
}

export async function voidRefund(simulation: Simulation, { pick }: CommandOf<'voidRefund'>): Promise<void> {
  const { ledger } = simulation.model;
  const chosen = choose(ledger.refunds, pick, ({ voidedOn }) => voidedOn === null);
  if (!chosen) return;
  const { item: posting, isAllowed } = chosen;
  await reverse(simulation, posting.id, isAllowed);
  if (!isAllowed) return;
  ledger.void(posting);
  simulation.model.settle();
}

async function reverse(simulation: Simulation, postingId: string, isAllowed: boolean): Promise<void> {
  const path = `/ledger/postings/${postingId}/void`;
  await simulation.attempt(isAllowed, simulation.client.post(path, { reason: 'Mistake' }));
}
