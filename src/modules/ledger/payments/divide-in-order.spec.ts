import { Money } from '../../../kernel/money/money.js';
import { divideInOrder } from './divide-in-order.js';

const BALANCES = ['254.11', '100.00', '50.00'].map((outstanding, index) => ({
  balanceId: `LB-${index + 1}`,
  outstanding: Money.of(outstanding),
}));

describe('an amount divided over balances in their order', () => {
  it.each([
    ['0.00', []],
    ['0.01', ['LB-1 0.01']],
    ['254.11', ['LB-1 254.11']],
    ['254.12', ['LB-1 254.11', 'LB-2 0.01']],
    ['404.11', ['LB-1 254.11', 'LB-2 100.00', 'LB-3 50.00']],
    ['404.12', ['LB-1 254.11', 'LB-2 100.00', 'LB-3 50.00']],
  ])('of %s gives %j', (amount, parts) => {
    const shares = divideInOrder(Money.of(amount), BALANCES, ({ outstanding }) => outstanding);
    expect(shares.map((share) => `${share.item.balanceId} ${share.amount}`)).toEqual(parts);
  });
});
