import fc from 'fast-check';
import { addDays, calendarDate } from '../../../kernel/calendar/calendar-date.js';
import { Money } from '../../../kernel/money/money.js';
import type { Category } from '../account/category.js';
import { CATEGORIES, PAYMENT_ORDER } from '../account/category.js';
import type { CreditSource, PayableBalance } from './payment-allocation.js';
import { allocatePayment } from './payment-allocation.js';

const THIS = 'LP-payment';
const LEASE = 1;
const OTHER_LEASE = 2;
const cents = (count: number): Money => Money.of((count / 100).toFixed(2));

/** An open balance of 100.00. The balances of a test are ordered by age like their ids. */
function balance(
  balanceId: string,
  category: Category,
  dueDate = '2025-11-08',
  outstanding = '100.00',
  leaseId = LEASE,
): PayableBalance {
  const age = BigInt(balanceId.replace(/\D/g, ''));
  return {
    balanceId,
    leaseId,
    category,
    dueDate: calendarDate(dueDate),
    age,
    outstanding: Money.of(outstanding),
  };
}

const allocateByHierarchy = <B extends PayableBalance>(
  amount: Money,
  open: readonly B[],
  credits: readonly CreditSource[] = [],
) => allocatePayment({ credits, payment: { postingId: THIS, amount }, leaseId: LEASE, named: [], open });

/** The allocations of a payment in their order, and its unallocated amount. */
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
  it('pays the categories in their order, whatever the due dates', () => {
    const debts = ['MISC', 'LOANS', 'REPAIRS', 'TLC', 'PVB', 'LEASE', 'EZPASS', 'TAXES'] as const;
    const balances = debts.map((category, index) => balance(`B${index}`, category, `2025-01-0${index + 1}`));
    const { allocations } = allocateByHierarchy(Money.of('800.00'), balances);
    expect(allocations.map((allocation) => allocation.balance.category)).toEqual([...debts].reverse());
  });

  it('pays the oldest due date of a category first', () => {
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

  it('pays the older of two balances with the same due date, by number and not by text', () => {
    const paid = pay('150.00', balance('B10', 'LEASE'), balance('B9', 'LEASE'));
    expect(paid.paid).toEqual(['B9 100.00, 0.00 left', 'B10 50.00, 50.00 left']);
  });

  it('distinguishes ages beyond the precision of JavaScript numbers', () => {
    const paid = pay('100.00', balance('B9007199254740993', 'LEASE'), balance('B9007199254740992', 'LEASE'));
    expect(paid.paid).toEqual(['B9007199254740992 100.00, 0.00 left']);
  });

  it('continues with the next category when one is paid', () => {
    const paid = pay('100.01', balance('B1', 'LOANS'), balance('B2', 'TAXES', '2026-01-01'));
    expect(paid.paid).toEqual(['B2 100.00, 0.00 left', 'B1 0.01, 99.99 left']);
  });

  it('leaves the amount that no balance can use', () => {
    expect(pay('100.01', balance('B1', 'LOANS'))).toEqual({
      paid: ['B1 100.00, 0.00 left'],
      unallocated: '0.01',
    });
    expect(pay('25.00')).toEqual({ paid: [], unallocated: '25.00' });
  });

  it('pays neither deposits nor earnings', () => {
    expect(
      pay('300.00', balance('B1', 'DEPOSITS'), balance('B2', 'EARNINGS'), balance('B3', 'MISC')),
    ).toEqual({ paid: ['B3 100.00, 0.00 left'], unallocated: '200.00' });
  });

  it('changes no balance when there is no money', () => {
    expect(pay('0.00', balance('B1', 'TAXES'))).toEqual({ paid: [], unallocated: '0.00' });
  });

  it('returns the given balances and does not reorder the list', () => {
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

describe('a payment by hierarchy with earlier credits', () => {
  const credits = [
    { postingId: 'LP-older', amount: Money.of('30.00') },
    { postingId: 'LP-newer', amount: Money.of('50.00') },
  ];
  const paidBy = (amount: string, ...open: PayableBalance[]) => {
    const result = allocateByHierarchy(Money.of(amount), open, credits);
    return {
      parts: result.allocations.map(
        (part) => `${part.paymentPostingId} ${part.balance.balanceId} ${part.amount}`,
      ),
      creditUsed: result.creditUsed.toString(),
      unallocated: result.unallocated.toString(),
    };
  };

  it('uses the credits before its own money, the oldest first', () => {
    expect(paidBy('100.00', balance('B1', 'LEASE'), balance('B2', 'TAXES'))).toEqual({
      parts: ['LP-older B2 30.00', 'LP-newer B2 50.00', 'LP-payment B2 20.00', 'LP-payment B1 80.00'],
      creditUsed: '80.00',
      unallocated: '0.00',
    });
  });

  it('returns the unallocated amount of the payment itself', () => {
    expect(paidBy('5.00', balance('B1', 'MISC', '2025-11-08', '40.00'))).toEqual({
      parts: ['LP-older B1 30.00', 'LP-newer B1 10.00'],
      creditUsed: '40.00',
      unallocated: '5.00',
    });
  });

  it('pays other leases from the credits, and from its own money only after its own lease', () => {
    const tax = balance('B1', 'TAXES', '2025-11-08', '100.00', OTHER_LEASE);
    expect(paidBy('130.00', tax, balance('B2', 'MISC'))).toEqual({
      parts: ['LP-older B1 30.00', 'LP-newer B1 50.00', 'LP-payment B2 100.00', 'LP-payment B1 20.00'],
      creditUsed: '80.00',
      unallocated: '10.00',
    });
  });
});

describe('a targeted payment', () => {
  const pay = (
    amount: string,
    named: readonly (readonly [PayableBalance, string])[],
    open: PayableBalance[],
  ) => {
    const result = allocatePayment({
      credits: [{ postingId: 'LP-older', amount: Money.of('30.00') }],
      payment: { postingId: THIS, amount: Money.of(amount) },
      leaseId: LEASE,
      named: named.map(([payable, part]) => ({ balance: payable, amount: Money.of(part) })),
      open,
    });
    return {
      parts: result.allocations.map(
        ({ paymentPostingId, type, balance: { balanceId }, amount: paid, outstandingAfter }) =>
          `${paymentPostingId} ${type} ${balanceId} ${paid}, ${outstandingAfter} left`,
      ),
      creditUsed: result.creditUsed.toString(),
      unallocated: result.unallocated.toString(),
    };
  };
  const [tax, fee, olderFee, deposit] = [
    balance('B1', 'TAXES'),
    balance('B2', 'LEASE'),
    balance('B3', 'LEASE', '2025-11-01'),
    balance('B4', 'DEPOSITS'),
  ];

  it('pays the targeted balances, including deposits, before earlier credits pay by hierarchy', () => {
    const named = [
      [deposit, '60.00'],
      [tax, '80.00'],
    ] as const;
    expect(pay('140.00', named, [tax, fee, deposit])).toEqual({
      parts: [
        'LP-payment TARGETED B4 60.00, 40.00 left',
        'LP-payment TARGETED B1 80.00, 20.00 left',
        'LP-older HIERARCHY B1 20.00, 0.00 left',
        'LP-older HIERARCHY B2 10.00, 90.00 left',
      ],
      creditUsed: '30.00',
      unallocated: '0.00',
    });
  });

  it('does not use earlier credits without an open balance and returns the rest of its own money', () => {
    expect(pay('50.00', [[deposit, '10.00']], [deposit])).toEqual({
      parts: ['LP-payment TARGETED B4 10.00, 90.00 left'],
      creditUsed: '0.00',
      unallocated: '40.00',
    });
  });

  it('pays the rest to the lease, the oldest first, then by hierarchy, including targeted balances', () => {
    expect(pay('290.00', [[fee, '10.00']], [tax, fee, olderFee, deposit])).toEqual({
      parts: [
        'LP-payment TARGETED B2 10.00, 90.00 left',
        'LP-older HIERARCHY B1 30.00, 70.00 left',
        'LP-payment HIERARCHY B3 100.00, 0.00 left',
        'LP-payment HIERARCHY B2 90.00, 0.00 left',
        'LP-payment HIERARCHY B1 70.00, 0.00 left',
      ],
      creditUsed: '30.00',
      unallocated: '20.00',
    });
  });
});

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
      named: fc.array(fc.tuple(fc.nat(5), anyCents), { maxLength: 4 }),
    })
    .map(({ debts, credits, paid, named }) => {
      const open = debts.map((debt, index) =>
        balance(`B${index}`, debt.category, '2025-11-08', cents(debt.cents).toString(), debt.leaseId),
      );
      return {
        open,
        credits: credits.map((count, index) => ({ postingId: `LP-${index}`, amount: cents(count) })),
        payment: { postingId: THIS, amount: cents(paid) },
        leaseId: LEASE,
        named: named.flatMap(([index, count]) => {
          const named = open[index];
          return named ? [{ balance: named, amount: cents(count) }] : [];
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
      fc.property(anyPayment, (asked) => {
        const { allocations, creditUsed, unallocated } = allocatePayment(asked);
        expect(allocations.every(({ amount }) => amount.isPositive())).toBe(true);
        const funds = [...asked.credits, asked.payment];
        const taken = sumBy(allocations, ({ paymentPostingId }) => paymentPostingId);
        for (const { postingId, amount } of funds) {
          expect((taken.get(postingId) ?? Money.ZERO).isGreaterThan(amount)).toBe(false);
        }
        const given = sumBy(allocations, ({ balance: { balanceId } }) => balanceId);
        for (const { balanceId, outstanding } of asked.open) {
          const left = outstanding.minus(given.get(balanceId) ?? Money.ZERO);
          expect(Money.ZERO.isGreaterThan(left)).toBe(false);
          const last = allocations.findLast((part) => part.balance.balanceId === balanceId);
          expect((last?.outstandingAfter ?? left).toString()).toBe(left.toString());
        }
        const allocated = Money.sum(allocations.map(({ amount }) => amount));
        expect(asked.payment.amount.plus(creditUsed).equals(allocated.plus(unallocated))).toBe(true);
        expect(creditUsed.plus(taken.get(THIS) ?? Money.ZERO).equals(allocated)).toBe(true);
      }),
    );
  });

  it('uses no credit before the previous one is used up', () => {
    fc.assert(
      fc.property(anyPayment, (asked) => {
        const { allocations } = allocatePayment(asked);
        const order = asked.credits.map(({ postingId }) => postingId);
        const used = allocations
          .filter(({ paymentPostingId }) => paymentPostingId !== THIS)
          .map(({ paymentPostingId }) => order.indexOf(paymentPostingId));
        expect(used).toEqual([...used].sort((left, right) => left - right));
      }),
    );
  });

  it('leaves no money beside a balance that it could pay', () => {
    fc.assert(
      fc.property(anyPayment, (asked) => {
        const { allocations, unallocated, creditUsed } = allocatePayment(asked);
        const given = sumBy(allocations, ({ balance: { balanceId } }) => balanceId);
        const isOpenAfter = asked.open.some(
          ({ balanceId, category, outstanding }) =>
            PAYMENT_ORDER.includes(category) && outstanding.isGreaterThan(given.get(balanceId) ?? Money.ZERO),
        );
        const isAllUsed = creditUsed.equals(Money.sum(asked.credits.map(({ amount }) => amount)));
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
  const turn = ({ category, dueDate, age }: PayableBalance): string =>
    `${PAYMENT_ORDER.indexOf(category)} ${dueDate} ${age.toString().padStart(3, '0')}`;
  const inTurn = (balances: readonly PayableBalance[]) =>
    balances
      .filter(({ category }) => category !== 'EARNINGS' && category !== 'DEPOSITS')
      .sort((left, right) => (turn(left) < turn(right) ? -1 : 1));

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
