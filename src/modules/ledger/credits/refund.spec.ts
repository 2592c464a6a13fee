import { Money } from '../../../kernel/money/money.js';
import { refundParts } from './refund.js';

const credits = [
  { postingId: 'LP-1', amount: Money.of('30.00') },
  { postingId: 'LP-2', amount: Money.of('50.00') },
];
const partsOf = (amount: string): string[] =>
  refundParts(Money.of(amount), credits).map((part) => `${part.postingId} ${part.amount}`);

describe('a refund', () => {
  it('is taken from the oldest credit first', () => {
    expect(partsOf('20.00')).toEqual(['LP-1 20.00']);
    expect(partsOf('30.01')).toEqual(['LP-1 30.00', 'LP-2 0.01']);
    expect(partsOf('80.00')).toEqual(['LP-1 30.00', 'LP-2 50.00']);
  });

  it('is rejected above the credit, and the error names the credit', () => {
    expect(() => partsOf('80.01')).toThrow(
      expect.objectContaining({
        code: 'REFUND_EXCEEDS_CREDIT',
        message: 'The driver has a credit of $80.00; $80.01 is more than that.',
      }),
    );
  });

  it('is rejected for 0.00', () => {
    expect(() => partsOf('0.00')).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
  });
});
