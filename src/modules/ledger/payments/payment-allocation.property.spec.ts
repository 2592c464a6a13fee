import fc from 'fast-check';
import {
  allocateByHierarchy,
  cents,
  LEASE,
  openBalance,
  OTHER_LEASE,
  PAYMENT_ID,
} from '../../../../test/support/payable-balance.js';
import { addDays, calendarDate } from '../../../kernel/calendar/calendar-date.js';
import { Money } from '../../../kernel/money/money.js';
import { CATEGORIES, PAYMENT_ORDER } from '../account/category.js';
import type { PayableBalance } from './payment-allocation.js';
import { allocatePayment } from './payment-allocation.js';

describe('any payment with any credits and any targeted allocations', () => {
  const anyCents = fc.integer({ min: 1, max: 5_000 });
  const anyPayment = fc
    .record({
      debts: fc.array(
        fc.record({
          category: fc.constantFrom(...CATEGORIES),
          cents: anyCents,
          leaseId: fc.constantFrom(LEASE, OTHER_LEASE),
        }),
        { maxLength: 6 },
      ),
      credits: fc.array(anyCents, { maxLength: 4 }),
      paid: anyCents,
      targeted: fc.array(fc.tuple(fc.nat(5), anyCents), { maxLength: 4 }),
    })
    .map(({ debts, credits, paid, targeted }) => {
      const open = debts.map((debt, index) =>
        openBalance(`B${index}`, debt.category, '2025-11-08', cents(debt.cents).toString(), debt.leaseId),
      );
      return {
        open,
        credits: credits.map((count, index) => ({ postingId: `LP-${index}`, amount: cents(count) })),
        payment: { postingId: PAYMENT_ID, amount: cents(paid) },
        leaseId: LEASE,
        targeted: targeted.flatMap(([index, count]) => {
          const balance = open[index];
          return balance ? [{ balance, amount: cents(count) }] : [];
        }),
      };
    });
  const sumBy = <T extends { amount: Money }>(parts: readonly T[], keyOf: (part: T) => string) => {
    const sums = new Map<string, Money>();
    for (const part of parts) {
      sums.set(keyOf(part), (sums.get(keyOf(part)) ?? Money.ZERO).plus(part.amount));
    }
    return sums;
  };

  it('never uses more than a credit has, never pays more than a balance owes and loses no cent', () => {
    fc.assert(
      fc.property(anyPayment, (request) => {
        const { allocations, creditUsed, unallocated } = allocatePayment(request);
        expect(allocations.every(({ amount }) => amount.isPositive())).toBe(true);
        const funds = [...request.credits, request.payment];
        const taken = sumBy(allocations, ({ paymentPostingId }) => paymentPostingId);
        for (const { postingId, amount } of funds) {
          expect((taken.get(postingId) ?? Money.ZERO).isGreaterThan(amount)).toBe(false);
        }
        const given = sumBy(allocations, ({ balance: { balanceId } }) => balanceId);
        for (const { balanceId, outstanding } of request.open) {
          const left = outstanding.minus(given.get(balanceId) ?? Money.ZERO);
          expect(Money.ZERO.isGreaterThan(left)).toBe(false);
          const last = allocations.findLast((part) => part.balance.balanceId === balanceId);
          expect((last?.outstandingAfter ?? left).toString()).toBe(left.toString());
        }
        const allocated = Money.sum(allocations.map(({ amount }) => amount));
        expect(request.payment.amount.plus(creditUsed).equals(allocated.plus(unallocated))).toBe(true);
        expect(creditUsed.plus(taken.get(PAYMENT_ID) ?? Money.ZERO).equals(allocated)).toBe(true);
      }),
    );
  });

  it('uses no credit before the previous one is used up', () => {
    fc.assert(
      fc.property(anyPayment, (request) => {
        const { allocations } = allocatePayment(request);
        const order = request.credits.map(({ postingId }) => postingId);
        const used = allocations
          .filter(({ paymentPostingId }) => paymentPostingId !== PAYMENT_ID)
          .map(({ paymentPostingId }) => order.indexOf(paymentPostingId));
        expect(used).toEqual([...used].sort((left, right) => left - right));
      }),
    );
  });

  it('leaves no money beside a balance that it could pay', () => {
    fc.assert(
      fc.property(anyPayment, (request) => {
        const { allocations, unallocated, creditUsed } = allocatePayment(request);
        const given = sumBy(allocations, ({ balance: { balanceId } }) => balanceId);
        const isOpenAfter = request.open.some(
          ({ balanceId, category, outstanding }) =>
            PAYMENT_ORDER.includes(category) && outstanding.isGreaterThan(given.get(balanceId) ?? Money.ZERO),
        );
        const isAllUsed = creditUsed.equals(Money.sum(request.credits.map(({ amount }) => amount)));
        expect(isOpenAfter && (unallocated.isPositive() || !isAllUsed)).toBe(false);
      }),
    );
  });
});

describe('any payment on any balances', () => {
  const anyDebts = fc
    .array(
      fc.record({
        category: fc.constantFrom(...CATEGORIES),
        due: fc.integer({ min: -9, max: 9 }),
        cents: fc.integer({ min: 1, max: 100_000 }),
      }),
      { maxLength: 12 },
    )
    .chain((debts) => {
      const balances = debts.map((debt, index) => ({
        balanceId: `B${index}`,
        leaseId: LEASE,
        category: debt.category,
        dueDate: addDays(calendarDate('2025-12-31'), debt.due),
        age: BigInt(index),
        outstanding: cents(debt.cents),
      }));
      const all = { minLength: balances.length, maxLength: balances.length };
      return fc.tuple(fc.constant(balances), fc.shuffledSubarray(balances, all));
    });
  const anyAmount = fc.oneof(fc.nat(2_000), fc.nat(1_500_000)).map(cents);

  /** The same rule in another form: a sort key for each balance, in the order of payment. */
  const sortKey = ({ category, dueDate, age }: PayableBalance): string =>
    `${PAYMENT_ORDER.indexOf(category)} ${dueDate} ${age.toString().padStart(3, '0')}`;
  const inPaymentOrder = (balances: readonly PayableBalance[]) =>
    balances
      .filter(({ category }) => category !== 'EARNINGS' && category !== 'DEPOSITS')
      .sort((left, right) => (sortKey(left) < sortKey(right) ? -1 : 1));

  it('allocates the payment to the cent and never more than a balance owes', () => {
    fc.assert(
      fc.property(anyAmount, anyDebts, (amount, [balances]) => {
        const { allocations, unallocated } = allocateByHierarchy(amount, balances);
        const allocated = Money.sum(allocations.map((allocation) => allocation.amount));
        expect(allocated.plus(unallocated).toString()).toBe(amount.toString());
        expect(allocated.isGreaterThan(amount) || Money.ZERO.isGreaterThan(unallocated)).toBe(false);
        for (const allocation of allocations) {
          const { outstanding } = allocation.balance;
          expect(allocation.amount.isPositive()).toBe(true);
          expect(allocation.amount.isGreaterThan(outstanding)).toBe(false);
          expect(allocation.outstandingAfter.equals(outstanding.minus(allocation.amount))).toBe(true);
        }
      }),
    );
  });

  it('pays no balance while a previous one is open and leaves money only when all are paid', () => {
    fc.assert(
      fc.property(anyAmount, anyDebts, (amount, [balances]) => {
        const { allocations, unallocated } = allocateByHierarchy(amount, balances);
        const queue = inPaymentOrder(balances);
        expect(allocations.map((allocation) => allocation.balance)).toEqual(
          queue.slice(0, allocations.length),
        );
        const openAfterwards = allocations.map((allocation) => !allocation.outstandingAfter.isZero());
        expect(openAfterwards.slice(0, -1)).toEqual(openAfterwards.slice(0, -1).map(() => false));
        if (unallocated.isPositive()) {
          expect(allocations).toHaveLength(queue.length);
          expect(openAfterwards).not.toContain(true);
        }
      }),
    );
  });

  it('does not depend on the order in which the balances are listed', () => {
    fc.assert(
      fc.property(anyAmount, anyDebts, (amount, [balances, shuffled]) => {
        expect(allocateByHierarchy(amount, shuffled)).toEqual(allocateByHierarchy(amount, balances));
      }),
    );
  });
});
