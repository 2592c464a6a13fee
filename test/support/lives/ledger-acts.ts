import type { ObligationResponse } from '../../../src/modules/ledger/obligations/obligation.response.js';
import type { PaymentResponse } from '../../../src/modules/ledger/payments/payment.response.js';
import { dateOf, dayOf } from '../model/calendar.js';
import type { ModelCredit, ModelDebt } from '../model/ledger-model.js';
import type { Cents } from '../model/money.js';
import { dollars, sum } from '../model/money.js';
import type { ActOf } from './acts.js';
import { choose } from './choose.js';
import type { Life } from './life.js';

export async function owe(life: Life, { borrower, cents, week, category }: ActOf<'owe'>): Promise<void> {
  const owner = life.borrower(borrower);
  const made = await life.attempt(
    true,
    life.client.post<ObligationResponse>('/ledger/obligations', {
      ...owner,
      category,
      amount: dollars(cents),
      reference_type: 'BY_HAND',
      reference_id: life.nextSource(),
      payment_period_start: dateOf(life.model.week + 7 * week),
    }),
  );
  const { balance_id: id, posting_id: postingId, due_date } = made!.balance;
  life.model.ledger.owe({ id, postingId, borrower: owner, category, due: dayOf(due_date), cents });
  life.model.settle();
}

export function pay(life: Life, { borrower, cents, week }: ActOf<'pay'>): Promise<void> {
  return payWith(life, '/ledger/payments', { borrower, cents, week }, []);
}

export async function target(life: Life, { borrower, named, more }: ActOf<'target'>): Promise<void> {
  const { ledger } = life.model;
  const { lease_id } = life.borrower(borrower);
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
  await payWith(life, '/ledger/payments/targeted', { borrower, cents, week: 0 }, [...parts]);
}

async function payWith(
  life: Life,
  path: string,
  { borrower, cents, week }: Pick<ActOf<'pay'>, 'borrower' | 'cents' | 'week'>,
  named: readonly (readonly [ModelDebt, Cents])[],
): Promise<void> {
  const owner = life.borrower(borrower);
  const counted = life.model.week + 7 * week;
  const answer = await life.attempt(
    true,
    life.client.post<PaymentResponse>(path, {
      ...owner,
      amount: dollars(cents),
      payment_period_start: dateOf(counted),
      source_type: 'LIFE',
      source_id: life.nextSource(),
      ...(named.length > 0 && {
        allocations: named.map(([{ id }, part]) => ({ balance_id: id, amount: dollars(part) })),
      }),
    }),
  );
  const { posting_id: id } = answer!.posting;
  const credit = { id, kind: 'PAYMENT' as const, borrower: owner, week: counted, cents };
  const made = life.model.ledger.pay(credit, named);
  expect(answer!.remaining_unallocated).toBe(dollars(life.model.ledger.leftOf(made)));
  life.model.settle();
}

export async function dispute(life: Life, { act, pick }: ActOf<'dispute' | 'resolve'>): Promise<void> {
  const { ledger } = life.model;
  const status = act === 'dispute' ? 'OPEN' : 'DISPUTED';
  const chosen = choose(ledger.debts, pick, (debt) => ledger.statusOf(debt) === status);
  if (!chosen) return;
  const { item: debt, isAllowed } = chosen;
  await life.attempt(
    isAllowed,
    life.client.post(`/ledger/balances/${debt.id}/${act}`, { reason: 'Says no' }),
  );
  if (!isAllowed) return;
  debt.isDisputed = act === 'dispute';
  life.model.settle();
}

export async function voidDebt(life: Life, { pick }: ActOf<'voidDebt'>): Promise<void> {
  const { ledger } = life.model;
  const chosen = choose(ledger.debts, pick, (debt) => {
    return ledger.statusOf(debt) === 'OPEN' && ledger.applied(debt) === 0;
  });
  if (!chosen) return;
  const { item: debt, isAllowed } = chosen;
  await reverse(life, debt.postingId, isAllowed);
  if (isAllowed) life.model.voidDebt(debt);
}

export async function voidCredit(life: Life, { pick }: ActOf<'voidCredit'>): Promise<void> {
  const { ledger } = life.model;
  const isRecovered = (credit: ModelCredit): boolean =>
    life.model.loans.some(({ writeOff, recovered }) => writeOff === credit && recovered > 0);
  const chosen = choose(ledger.credits, pick, (credit) => {
    return credit.voidedOn === null && !isRecovered(credit) && ledger.refundsOf(credit).length === 0;
  });
  if (!chosen) return;
  const { item: credit, isAllowed } = chosen;
  await reverse(life, credit.id, isAllowed);
  if (isAllowed) life.model.voidCredit(credit);
}

/** Refunds a percentage of the credit of the driver. More than 100 percent is rejected. */
export async function refund(life: Life, { borrower, percent }: ActOf<'refund'>): Promise<void> {
  const { ledger } = life.model;
  const { driver_id } = life.borrower(borrower);
  const credit = ledger.leftOver(driver_id);
  const cents = Math.ceil((credit * percent) / 100);
  if (cents === 0) return;
  const answer = await life.attempt(
    cents <= credit,
    life.client.post<{ posting: { posting_id: string } }>('/ledger/refunds', {
      driver_id,
      amount: dollars(cents),
      method: 'CHECK',
      reference: life.nextSource(),
      reason: 'Asked for it',
    }),
  );
  if (answer) ledger.refund(answer.posting.posting_id, driver_id, cents);
}

export async function voidRefund(life: Life, { pick }: ActOf<'voidRefund'>): Promise<void> {
  const { ledger } = life.model;
  const chosen = choose(ledger.refunds, pick, ({ voidedOn }) => voidedOn === null);
  if (!chosen) return;
  const { item: made, isAllowed } = chosen;
  await reverse(life, made.id, isAllowed);
  if (!isAllowed) return;
  ledger.void(made);
  life.model.settle();
}

async function reverse(life: Life, postingId: string, isAllowed: boolean): Promise<void> {
  const path = `/ledger/postings/${postingId}/void`;
  await life.attempt(isAllowed, life.client.post(path, { reason: 'Mistake' }));
}
