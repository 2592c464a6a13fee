import fc from 'fast-check';
import { addDays, calendarDate } from '../../../kernel/calendar/calendar-date.js';
import { Money } from '../../../kernel/money/money.js';
import type { Category } from './category.js';
import { CATEGORIES, PAYMENT_ORDER } from './category.js';
import type { PayableBalance } from './payment-allocation.js';
import { allocateByHierarchy } from './payment-allocation.js';

const cents = (count: number): Money => Money.of((count / 100).toFixed(2));

/** An open debt of 100.00; the balances of a test are as old as their ids say. */
function balance(
  balanceId: string,
  category: Category,
  dueDate = '2025-11-08',
  outstanding = '100.00',
): PayableBalance {
  const age = BigInt(balanceId.replace(/\D/g, ''));
  return { balanceId, category, dueDate: calendarDate(dueDate), age, outstanding: Money.of(outstanding) };
}

/** What a payment of the amount pays on which balance, in its order, and what is left over. */
function pay(amount: string, ...balances: PayableBalance[]): { paid: string[]; unallocated: string } {
  const { allocations, unallocated } = allocateByHierarchy(Money.of(amount), balances);
  return {
    paid: allocations.map(
      (allocation) =>
        `${allocation.balance.balanceId} ${allocation.amount}, ${allocation.outstandingAfter} left`,
    ),
    unallocated: unallocated.toString(),
  };
}

describe('a payment by hierarchy', () => {
  it('pays the categories in their order, whatever falls due first', () => {
    const debts = ['MISC', 'LOANS', 'REPAIRS', 'TLC', 'PVB', 'LEASE', 'EZPASS', 'TAXES'] as const;
    const balances = debts.map((category, index) => balance(`B${index}`, category, `2025-01-0${index + 1}`));
    const { allocations } = allocateByHierarchy(Money.of('800.00'), balances);
    expect(allocations.map((allocation) => allocation.balance.category)).toEqual([...debts].reverse());
  });

  it('pays the oldest due date first inside a category', () => {
    const paid = pay(
      '250.00',
      balance('B1', 'LOANS', '2025-11-15'),
      balance('B2', 'LOANS', '2025-12-31'),
      balance('B3', 'LOANS', '2025-11-08'),
    );
    expect(paid).toEqual({
      paid: ['B3 100.00, 0.00 left', 'B1 100.00, 0.00 left', 'B2 50.00, 50.00 left'],
      unallocated: '0.00',
    });
  });

  it('pays the older of two balances that fall due on one day, by number and not by text', () => {
    const paid = pay('150.00', balance('B10', 'LEASE'), balance('B9', 'LEASE'));
    expect(paid.paid).toEqual(['B9 100.00, 0.00 left', 'B10 50.00, 50.00 left']);
  });

  it('tells ages apart that are beyond the numbers of JavaScript', () => {
    const paid = pay('100.00', balance('B9007199254740993', 'LEASE'), balance('B9007199254740992', 'LEASE'));
    expect(paid.paid).toEqual(['B9007199254740992 100.00, 0.00 left']);
  });

  it('goes over to the next category when one is paid', () => {
    const paid = pay('100.01', balance('B1', 'LOANS'), balance('B2', 'TAXES', '2026-01-01'));
    expect(paid.paid).toEqual(['B2 100.00, 0.00 left', 'B1 0.01, 99.99 left']);
  });

  it('leaves over what no debt takes', () => {
    expect(pay('100.01', balance('B1', 'LOANS'))).toEqual({
      paid: ['B1 100.00, 0.00 left'],
      unallocated: '0.01',
    });
    expect(pay('25.00')).toEqual({ paid: [], unallocated: '25.00' });
  });

  it('pays no deposit, and nothing on earnings', () => {
    expect(
      pay('300.00', balance('B1', 'DEPOSITS'), balance('B2', 'EARNINGS'), balance('B3', 'MISC')),
    ).toEqual({ paid: ['B3 100.00, 0.00 left'], unallocated: '200.00' });
  });

  it('touches nothing when there is nothing to pay with', () => {
    expect(pay('0.00', balance('B1', 'TAXES'))).toEqual({ paid: [], unallocated: '0.00' });
  });

  it('hands each balance back as it was given, and leaves the list in its order', () => {
    const balances = [
      { ...balance('B1', 'LOANS'), reference: 'DL-2025-0001-INST-01' },
      { ...balance('B2', 'TAXES'), reference: 'tax' },
    ];
    const { allocations } = allocateByHierarchy(Money.of('200.00'), balances);
    expect(allocations.map((allocation) => allocation.balance)).toEqual([balances[1], balances[0]]);
    expect(allocations[0]?.balance).toBe(balances[1]);
    expect(balances.map(({ reference }) => reference)).toEqual(['DL-2025-0001-INST-01', 'tax']);
  });
});

describe('any payment on any debts', () => {
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
        category: debt.category,
        dueDate: addDays(calendarDate('2025-12-31'), debt.due),
        age: BigInt(index),
        outstanding: cents(debt.cents),
      }));
      const all = { minLength: balances.length, maxLength: balances.length };
      return fc.tuple(fc.constant(balances), fc.shuffledSubarray(balances, all));
    });
  const anyAmount = fc.oneof(fc.nat(2_000), fc.nat(1_500_000)).map(cents);

  /** The rule said another way: one text a balance, in whose order they are paid. */
  const turn = ({ category, dueDate, age }: PayableBalance): string =>
    `${PAYMENT_ORDER.indexOf(category)} ${dueDate} ${age.toString().padStart(3, '0')}`;
  const inTurn = (balances: readonly PayableBalance[]) =>
    balances
      .filter(({ category }) => category !== 'EARNINGS' && category !== 'DEPOSITS')
      .sort((left, right) => (turn(left) < turn(right) ? -1 : 1));

  it('gives out the payment to the cent, and on no debt more than is owed', () => {
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

  it('touches no balance while one before it stays open, and leaves money over only when all are paid', () => {
    fc.assert(
      fc.property(anyAmount, anyDebts, (amount, [balances]) => {
        const { allocations, unallocated } = allocateByHierarchy(amount, balances);
        const queue = inTurn(balances);
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
