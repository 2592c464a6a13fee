import { Money } from '../../../kernel/money/money.js';
import { DryRunCredits } from './dry-run-credits.js';

const credits = (entries: Record<number, string>) =>
  new Map(Object.entries(entries).map(([driver, amount]) => [Number(driver), Money.of(amount)]));

describe('the credits of a dry run in batches', () => {
  it('are applied until they are used up, by driver', () => {
    const dryRun = new DryRunCredits();
    const before = credits({ 1: '100.00', 2: '30.00' });
    const applied = [
      dryRun.addBatch(before, credits({ 1: '40.00', 2: '5.00' })),
      dryRun.addBatch(before, credits({ 1: '40.00' })),
      dryRun.addBatch(before, credits({ 1: '40.00' })),
    ];
    expect(applied.map(String)).toEqual(['85.00', '45.00', '0.00']);
  });
});
