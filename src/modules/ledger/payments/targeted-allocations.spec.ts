import { calendarDate } from '../../../kernel/calendar/calendar-date.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { Money } from '../../../kernel/money/money.js';
import { targetedAllocations } from './targeted-allocations.js';

const open = ['LB-1', 'LB-2'].map((balanceId, index) => ({
  balanceId,
  leaseId: 1,
  category: 'LEASE' as const,
  dueDate: calendarDate('2025-11-08'),
  age: BigInt(index),
  outstanding: Money.of('100.00'),
}));
const others = [
  { balanceId: 'LB-8', isOfThisLease: false, status: 'OPEN' },
  { balanceId: 'LB-9', isOfThisLease: true, status: 'DISPUTED' },
];

const name = (payment: string, ...parts: readonly (readonly [string, string])[]) =>
  targetedAllocations(
    Money.of(payment),
    parts.map(([balanceId, amount]) => ({ balanceId, amount: Money.of(amount) })),
    open,
    others,
  );

function refusalOf(run: () => unknown): Pick<DomainError, 'code' | 'message' | 'fields'> {
  try {
    run();
  } catch (error) {
    if (error instanceof DomainError) return error;
  }
  throw new Error('nothing was refused');
}

describe('the targeted allocations of a payment', () => {
  it('are matched with the open balances in their given order', () => {
    expect(name('150.00', ['LB-2', '100.00'], ['LB-1', '50.00'])).toEqual([
      { balance: open[1], amount: Money.of('100.00') },
      { balance: open[0], amount: Money.of('50.00') },
    ]);
    expect(name('150.00')).toEqual([]);
  });

  it.each([
    ['LB-7', '1.00', 'BALANCE_UNKNOWN', 'There is no balance LB-7.', 'balance_id'],
    [
      'LB-8',
      '1.00',
      'BALANCE_LEASE_MISMATCH',
      'LB-8 is not a balance of this driver and lease.',
      'balance_id',
    ],
    ['LB-9', '1.00', 'BALANCE_NOT_OPEN', 'LB-9 is DISPUTED and accepts no payment.', null],
    ['LB-1', '1.00', 'DUPLICATE_BALANCE', 'LB-1 is listed twice.', 'balance_id'],
    ['LB-2', '0.00', 'VALIDATION_FAILED', 'The allocated amount must be greater than 0.00.', 'amount'],
    [
      'LB-2',
      '100.01',
      'ALLOCATION_EXCEEDS_BALANCE',
      '$100.01 is more than the outstanding $100.00 of LB-2.',
      'amount',
    ],
  ])('are rejected for %s with %s as %s', (balanceId, amount, code, message, field) => {
    const refusal = refusalOf(() => name('500.00', ['LB-1', '1.00'], [balanceId, amount]));
    expect(refusal).toMatchObject({ code, message });
    expect(refusal.fields).toEqual(field ? [{ field: `allocations.1.${field}`, message }] : []);
  });

  it('cannot exceed the payment in total', () => {
    name('200.00', ['LB-1', '100.00'], ['LB-2', '100.00']);
    expect(refusalOf(() => name('199.99', ['LB-1', '100.00'], ['LB-2', '100.00']))).toMatchObject({
      code: 'ALLOCATIONS_EXCEED_PAYMENT',
      message: 'The allocations add up to $200.00, more than the payment of $199.99.',
      fields: [{ field: 'allocations' }],
    });
  });
});
