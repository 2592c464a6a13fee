import {
  allocateByHierarchy,
  LEASE,
  openBalance,
  OTHER_LEASE,
  PAYMENT_ID,
} from '../../../../test/support/payable-balance.js';
import { Money } from '../../../kernel/money/money.js';
import type { PayableBalance } from './payment-allocation.js';
import { allocatePayment } from './payment-allocation.js';

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
    const balances = debts.map((category, index) =>
      openBalance(`B${index}`, category, `2025-01-0${index + 1}`),
    );
    const { allocations } = allocateByHierarchy(Money.of('800.00'), balances);
    expect(allocations.map((allocation) => allocation.balance.category)).toEqual([...debts].reverse());
  });

  it('pays the oldest due date of a category first', () => {
    const paid = pay(
      '250.00',
      openBalance('B1', 'LOANS', '2025-11-15'),
      openBalance('B2', 'LOANS', '2025-12-31'),
      openBalance('B3', 'LOANS', '2025-11-08'),
    );
    expect(paid).toEqual({
      paid: ['B3 100.00, 0.00 left', 'B1 100.00, 0.00 left', 'B2 50.00, 50.00 left'],
      unallocated: '0.00',
    });
  });

  it('pays the older of two balances with the same due date, by number and not by text', () => {
    const paid = pay('150.00', openBalance('B10', 'LEASE'), openBalance('B9', 'LEASE'));
    expect(paid.paid).toEqual(['B9 100.00, 0.00 left', 'B10 50.00, 50.00 left']);
  });

  it('distinguishes ages beyond the precision of JavaScript numbers', () => {
    const paid = pay(
      '100.00',
      openBalance('B9007199254740993', 'LEASE'),
      openBalance('B9007199254740992', 'LEASE'),
    );
    expect(paid.paid).toEqual(['B9007199254740992 100.00, 0.00 left']);
  });

  it('continues with the next category when one is paid', () => {
    const paid = pay('100.01', openBalance('B1', 'LOANS'), openBalance('B2', 'TAXES', '2026-01-01'));
    expect(paid.paid).toEqual(['B2 100.00, 0.00 left', 'B1 0.01, 99.99 left']);
  });

  it('leaves the amount that no balance can use', () => {
    expect(pay('100.01', openBalance('B1', 'LOANS'))).toEqual({
      paid: ['B1 100.00, 0.00 left'],
      unallocated: '0.01',
    });
    expect(pay('25.00')).toEqual({ paid: [], unallocated: '25.00' });
  });

  it('pays neither deposits nor earnings', () => {
    expect(
      pay('300.00', openBalance('B1', 'DEPOSITS'), openBalance('B2', 'EARNINGS'), openBalance('B3', 'MISC')),
    ).toEqual({ paid: ['B3 100.00, 0.00 left'], unallocated: '200.00' });
  });

  it('changes no balance when there is no money', () => {
    expect(pay('0.00', openBalance('B1', 'TAXES'))).toEqual({ paid: [], unallocated: '0.00' });
  });

  it('returns the given balances and does not reorder the list', () => {
    const balances = [
      { ...openBalance('B1', 'LOANS'), reference: 'DL-2025-0001-INST-01' },
      { ...openBalance('B2', 'TAXES'), reference: 'tax' },
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
    expect(paidBy('100.00', openBalance('B1', 'LEASE'), openBalance('B2', 'TAXES'))).toEqual({
      parts: ['LP-older B2 30.00', 'LP-newer B2 50.00', 'LP-payment B2 20.00', 'LP-payment B1 80.00'],
      creditUsed: '80.00',
      unallocated: '0.00',
    });
  });

  it('returns the unallocated amount of the payment itself', () => {
    expect(paidBy('5.00', openBalance('B1', 'MISC', '2025-11-08', '40.00'))).toEqual({
      parts: ['LP-older B1 30.00', 'LP-newer B1 10.00'],
      creditUsed: '40.00',
      unallocated: '5.00',
    });
  });

  it('pays other leases from the credits, and from its own money only after its own lease', () => {
    const tax = openBalance('B1', 'TAXES', '2025-11-08', '100.00', OTHER_LEASE);
    expect(paidBy('130.00', tax, openBalance('B2', 'MISC'))).toEqual({
      parts: ['LP-older B1 30.00', 'LP-newer B1 50.00', 'LP-payment B2 100.00', 'LP-payment B1 20.00'],
      creditUsed: '80.00',
      unallocated: '10.00',
    });
  });
});

describe('a targeted payment', () => {
  const pay = (
    amount: string,
    targeted: readonly (readonly [PayableBalance, string])[],
    open: PayableBalance[],
  ) => {
    const result = allocatePayment({
      credits: [{ postingId: 'LP-older', amount: Money.of('30.00') }],
      payment: { postingId: PAYMENT_ID, amount: Money.of(amount) },
      leaseId: LEASE,
      targeted: targeted.map(([payable, part]) => ({ balance: payable, amount: Money.of(part) })),
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
    openBalance('B1', 'TAXES'),
    openBalance('B2', 'LEASE'),
    openBalance('B3', 'LEASE', '2025-11-01'),
    openBalance('B4', 'DEPOSITS'),
  ];

  it('pays the targeted balances, including deposits, before earlier credits pay by hierarchy', () => {
    const targeted = [
      [deposit, '60.00'],
      [tax, '80.00'],
    ] as const;
    expect(pay('140.00', targeted, [tax, fee, deposit])).toEqual({
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
