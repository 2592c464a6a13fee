import { Money } from '../../../kernel/money/money.js';
import { checkRecovery, leftToRecover } from './recovery.js';

const position = (writtenOff: string, recovered: string) => ({
  loanId: 'DL-2025-0001',
  writtenOff: Money.of(writtenOff),
  recovered: Money.of(recovered),
  writtenOffAt: new Date('2025-11-19T14:00:00Z'),
});

const check = (writtenOff: string, recovered: string, amount: string) => () =>
  checkRecovery(position(writtenOff, recovered), Money.of(amount));

describe('a recovery', () => {
  it.each([
    ['a part', '10.00'],
    ['all of it', '60.00'],
  ])('can be %s of the written-off amount that is not recovered', (_, amount) => {
    expect(check('100.00', '40.00', amount)).not.toThrow();
  });

  it('is rejected above the remaining amount, and the error names that amount', () => {
    const message =
      'amount must be at most $60.00: $100.00 of DL-2025-0001 is written off and $40.00 is recovered.';
    expect(check('100.00', '40.00', '60.01')).toThrow(
      expect.objectContaining({
        code: 'RECOVERY_TOO_HIGH',
        message,
        fields: [{ field: 'amount', message }],
      }) as Error,
    );
  });

  it('is rejected for a loan that is not written off', () => {
    expect(check('0.00', '0.00', '0.01')).toThrow(
      expect.objectContaining({ code: 'LOAN_NOT_WRITTEN_OFF' }) as Error,
    );
  });

  it('leaves the written-off amount minus the recovered amount', () => {
    expect(leftToRecover(position('100.00', '40.00')).toString()).toBe('60.00');
  });
});
