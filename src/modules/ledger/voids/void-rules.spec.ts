import { Money } from '../../../kernel/money/money.js';
import { checkBalanceVoidable, checkPostingVoidable } from './void-rules.js';

const posting = {
  postingId: 'LP-1',
  status: 'POSTED',
  reversesPostingId: null,
  voidedByPostingId: null,
  refundedBy: [],
} as const;
const balance = { balanceId: 'LB-1', status: 'OPEN', paymentApplied: Money.ZERO } as const;

describe('a posting', () => {
  it('can be voided once posted', () => {
    expect(() => checkPostingVoidable(posting)).not.toThrow();
  });

  it('cannot be voided twice', () => {
    expect(() => checkPostingVoidable({ ...posting, status: 'VOIDED', voidedByPostingId: 'LP-2' })).toThrow(
      expect.objectContaining({ code: 'POSTING_ALREADY_VOIDED' }),
    );
  });

  it('cannot be voided if it is a reversal', () => {
    expect(() => checkPostingVoidable({ ...posting, reversesPostingId: 'LP-0' })).toThrow(
      expect.objectContaining({ code: 'REVERSAL_NOT_VOIDABLE' }),
    );
  });
});

describe('a payment', () => {
  it('cannot be voided while a part of it is refunded', () => {
    expect(() => checkPostingVoidable({ ...posting, refundedBy: ['LP-3'] })).toThrow(
      expect.objectContaining({
        code: 'CREDIT_REFUNDED',
        message: expect.stringContaining('LP-3') as string,
      }),
    );
  });
});

describe('an obligation', () => {
  it('can be voided while nothing is paid on it', () => {
    expect(() => checkBalanceVoidable(balance)).not.toThrow();
  });

  it.each(['OPEN', 'CLOSED', 'DISPUTED'] as const)(
    'cannot be voided while it is %s and has payments',
    (status) => {
      expect(() => checkBalanceVoidable({ ...balance, status, paymentApplied: Money.of('0.01') })).toThrow(
        expect.objectContaining({ code: 'BALANCE_HAS_PAYMENTS' }),
      );
    },
  );

  it('cannot be voided while it is disputed', () => {
    expect(() => checkBalanceVoidable({ ...balance, status: 'DISPUTED' })).toThrow(
      expect.objectContaining({ code: 'BALANCE_DISPUTED' }),
    );
  });
});
