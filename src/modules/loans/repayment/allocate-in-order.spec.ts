import { Money } from '../../../kernel/money/money.js';
import { allocateInOrder } from './allocate-in-order.js';

const DEBTS = ['254.11', '100.00', '50.00'].map((outstanding, index) => ({
  balanceId: `LB-${index + 1}`,
  outstanding: Money.of(outstanding),
}));

describe('a payment on the balances of a loan', () => {
  it.each([
    ['0.01', ['LB-1 0.01']],
    ['254.11', ['LB-1 254.11']],
    ['254.12', ['LB-1 254.11', 'LB-2 0.01']],
    ['404.11', ['LB-1 254.11', 'LB-2 100.00', 'LB-3 50.00']],
  ])('of %s pays %j', (amount, parts) => {
    const shared = allocateInOrder(Money.of(amount), DEBTS);
    expect(shared.map((part) => `${part.balanceId} ${part.amount}`)).toEqual(parts);
  });
});
