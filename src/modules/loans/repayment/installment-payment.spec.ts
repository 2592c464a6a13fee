import fc from 'fast-check';
import { Money } from '../../../kernel/money/money.js';
import { splitPayment, splitSettlement } from './installment-payment.js';

const cents = (count: number): Money => Money.of((count / 100).toFixed(2));
const FIRST = { interest: Money.of('4.11'), principal: Money.of('250.00') };

const anyDebtWithPayments = fc
  .record({ interest: fc.nat(50_000), principal: fc.nat(500_000) })
  .chain((debt) => {
    const paid = fc.nat(debt.interest + debt.principal);
    return fc.tuple(fc.constant(debt), paid, paid);
  });

describe('a payment on an installment of 250.00 with 4.11 interest', () => {
  it.each([
    ['0.00', '0.00', '0.00', '254.11'],
    ['0.01', '0.01', '0.00', '254.10'],
    ['4.10', '4.10', '0.00', '250.01'],
    ['4.11', '4.11', '0.00', '250.00'],
    ['4.12', '4.11', '0.01', '249.99'],
    ['100.00', '4.11', '95.89', '154.11'],
    ['254.10', '4.11', '249.99', '0.01'],
    ['254.11', '4.11', '250.00', '0.00'],
  ])(
    'of %s pays %s interest first, then %s principal and leaves %s open',
    (paid, interest, principal, open) => {
      expect(JSON.parse(JSON.stringify(splitPayment(Money.of(paid), FIRST)))).toEqual({
        interestPaid: interest,
        principalPaid: principal,
        outstanding: open,
      });
    },
  );

  it('cannot exceed its balance', () => {
    expect(() => splitPayment(Money.of('254.12'), FIRST)).toThrow(
      new RangeError('254.12 is more than the total due of the installment'),
    );
  });
});

describe('a payment on any installment', () => {
  it('pays only principal if there is no interest', () => {
    const { interestPaid, principalPaid } = splitPayment(Money.of('0.01'), {
      interest: Money.ZERO,
      principal: Money.of('100.00'),
    });
    expect([interestPaid, principalPaid].map(String)).toEqual(['0.00', '0.01']);
  });

  it('is split to the cent into interest and principal, and the rest stays open', () => {
    fc.assert(
      fc.property(anyDebtWithPayments, ([debt, paid]) => {
        const installment = { interest: cents(debt.interest), principal: cents(debt.principal) };
        const { interestPaid, principalPaid, outstanding } = splitPayment(cents(paid), installment);
        expect(interestPaid.plus(principalPaid).equals(cents(paid))).toBe(true);
        expect(outstanding.equals(cents(debt.interest + debt.principal - paid))).toBe(true);
        expect(interestPaid.isGreaterThan(installment.interest)).toBe(false);
        expect(principalPaid.isGreaterThan(installment.principal)).toBe(false);
        if (principalPaid.isPositive()) expect(interestPaid.equals(installment.interest)).toBe(true);
      }),
    );
  });

  it('increases both parts with each payment and decreases them when one is reversed', () => {
    fc.assert(
      fc.property(anyDebtWithPayments, ([debt, one, other]) => {
        const installment = { interest: cents(debt.interest), principal: cents(debt.principal) };
        const less = splitPayment(cents(Math.min(one, other)), installment);
        const more = splitPayment(cents(Math.max(one, other)), installment);
        expect(less.interestPaid.isGreaterThan(more.interestPaid)).toBe(false);
        expect(less.principalPaid.isGreaterThan(more.principalPaid)).toBe(false);
        expect(more.outstanding.isGreaterThan(less.outstanding)).toBe(false);
      }),
    );
  });
});

describe('the settlement of an installment of 250.00 with 4.11 interest', () => {
  it.each([
    // applied amount, written-off part, and the result: interest and principal paid, interest and principal written off
    ['0.00', '0.00', ['0.00', '0.00', '0.00', '0.00', '254.11']],
    ['254.11', '254.11', ['0.00', '0.00', '4.11', '250.00', '0.00']],
    ['254.11', '154.11', ['4.11', '95.89', '0.00', '154.11', '0.00']],
    ['254.11', '252.11', ['2.00', '0.00', '2.11', '250.00', '0.00']],
    // a payment before the write-off was voided
    ['154.11', '154.11', ['0.00', '0.00', '4.11', '150.00', '100.00']],
  ])(
    'of %s, of which %s are written off, counts payments first and has the parts %j',
    (applied, writtenOff, parts) => {
      const settled = { applied: Money.of(applied), writtenOff: Money.of(writtenOff) };
      const split = splitSettlement(settled, FIRST);
      expect(
        [
          split.interestPaid,
          split.principalPaid,
          split.interestWrittenOff,
          split.principalWrittenOff,
          split.outstanding,
        ].map(String),
      ).toEqual(parts);
    },
  );

  it('adds up to the cent and never counts a paid amount as written off', () => {
    fc.assert(
      fc.property(anyDebtWithPayments, ([debt, one, other]) => {
        const installment = { interest: cents(debt.interest), principal: cents(debt.principal) };
        const [writtenOff, applied] = [Math.min(one, other), Math.max(one, other)];
        const split = splitSettlement(
          { applied: cents(applied), writtenOff: cents(writtenOff) },
          installment,
        );
        const off = split.interestWrittenOff.plus(split.principalWrittenOff);
        expect(off.equals(cents(writtenOff))).toBe(true);
        expect(split.interestPaid.plus(split.principalPaid).equals(cents(applied - writtenOff))).toBe(true);
        expect(Money.ZERO.isGreaterThan(split.interestWrittenOff)).toBe(false);
        expect(Money.ZERO.isGreaterThan(split.principalWrittenOff)).toBe(false);
      }),
    );
  });
});
