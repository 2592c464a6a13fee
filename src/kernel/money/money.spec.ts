import { Big } from 'big.js';
import fc from 'fast-check';
import { Money } from './money.js';

const cents = (count: number): Money => Money.of((count / 100).toFixed(2));
const anyCents = fc.integer({ min: 0, max: 999_999_999_999 });

describe('an amount from a request', () => {
  it.each<[string | number, string]>([
    ['1500.00', '1500.00'],
    ['1500.5', '1500.50'],
    ['1500', '1500.00'],
    [1500, '1500.00'],
    [254.11, '254.11'],
    [0.1, '0.10'],
    ['0', '0.00'],
    [-0, '0.00'],
    ['0.01', '0.01'],
    ['007', '7.00'],
    ['9999999999.99', '9999999999.99'],
    [9999999999.99, '9999999999.99'],
  ])('accepts %p as %p', (input, amount) => {
    expect(Money.parse(input)?.toString()).toBe(amount);
  });

  it.each<[unknown]>([
    // more than two decimals: rejected, never rounded
    ['1.005'],
    [1.005],
    ['0.001'],
    [0.1 + 0.2],
    ['1.000'],
    // not a number
    [''],
    ['.'],
    ['abc'],
    ['NaN'],
    [Number.NaN],
    ['Infinity'],
    [Number.POSITIVE_INFINITY],
    // another notation
    ['1e3'],
    ['1E3'],
    [1e21],
    [1e-7],
    ['0x10'],
    ['1,500.00'],
    ['1_500'],
    ['$5'],
    ['.5'],
    ['5.'],
    ['०१'],
    ['１２'],
    // a sign
    ['-1'],
    [-1],
    [-0.01],
    ['+1'],
    ['−1'],
    // additional characters
    [' 1'],
    ['1 '],
    ['1\n'],
    ['1\u0000'],
    ['1.00\n2.00'],
    // more than numeric(12,2) holds
    ['10000000000.00'],
    [1e10],
    // neither a text nor a number
    [null],
    [undefined],
    [true],
    [[]],
    [['5']],
    [[5]],
    [{}],
    [{ toString: () => '5' }],
    [5n],
    [new Big(5)],
    [new String('5')],
    [cents(500)],
  ])('rejects %p', (input) => {
    expect(Money.parse(input)).toBeNull();
  });

  it('is exactly the written value without rounding', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.double(), fc.string()), (input) => {
        const amount = Money.parse(input);
        if (amount === null) return;
        expect(amount.toString()).toMatch(/^\d{1,10}\.\d\d$/);
        expect(new Big(input as string | number).eq(amount.toBig())).toBe(true);
      }),
    );
  });

  it('is the same from a text and from a number', () => {
    fc.assert(
      fc.property(anyCents, (count) => {
        const text = (count / 100).toFixed(2);
        expect(Money.parse(text)?.toString()).toBe(text);
        expect(Money.parse(count / 100)?.toString()).toBe(text);
      }),
    );
  });
});

describe('an amount from our own database or code', () => {
  it.each(['1.005', '0.001', '-0.015'])('rejects %p because it is not a whole number of cents', (amount) => {
    expect(() => Money.of(amount)).toThrow(new RangeError(`${amount} is not a whole number of cents`));
  });

  it.each(['', 'abc', 'NaN', ' 1'])('rejects %p because it is not a number', (amount) => {
    expect(() => Money.of(amount)).toThrow('Invalid number');
  });

  it.each([
    ['1', '1.00'],
    ['1.500', '1.50'],
    ['-12.50', '-12.50'],
    ['-0', '0.00'],
  ])('accepts %p as %p', (text, amount) => {
    expect(Money.of(text).toString()).toBe(amount);
  });
});

describe('the rounding of an amount', () => {
  it.each([
    ['0.005', '0.01'],
    ['0.015', '0.02'],
    ['0.025', '0.03'],
    ['2.675', '2.68'],
    ['1.005', '1.01'],
    ['0.0049999999999999999', '0.00'],
    ['4.10958904109589041096', '4.11'],
    ['7', '7.00'],
  ])('rounds %s half-up to %s', (exact, amount) => {
    expect(Money.rounded(new Big(exact)).toString()).toBe(amount);
  });

  it('changes an amount by at most half a cent and rounds the half up', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), (hundredThousandths) => {
        const exact = new Big(hundredThousandths.toString()).div(100_000);
        const wholeCents = (hundredThousandths + 500n) / 1000n;
        expect(Money.rounded(exact).toBig().times(100).toFixed(0)).toBe(wholeCents.toString());
      }),
    );
  });
});

describe('the calculation with amounts', () => {
  it('adds 0.10 exactly, unlike floating-point numbers', () => {
    expect(Money.of('0.10').plus(Money.of('0.20')).equals(Money.of('0.30'))).toBe(true);
  });

  it('returns zero for an empty sum', () => {
    expect(Money.sum([]).toString()).toBe('0.00');
    expect(Money.sum([cents(1), cents(199), cents(10_000)]).toString()).toBe('102.00');
  });

  it('subtracts to zero and below zero', () => {
    expect(cents(500).minus(cents(500)).toString()).toBe('0.00');
    expect(cents(500).minus(cents(501)).toString()).toBe('-0.01');
  });

  it('compares by value and not by notation', () => {
    expect(Money.of('5').equals(Money.of('5.00'))).toBe(true);
    expect(Money.of('5').equals(Money.of('5.01'))).toBe(false);
    expect(Money.of('10').isGreaterThan(Money.of('9'))).toBe(true);
    expect(Money.of('9').isGreaterThan(Money.of('9'))).toBe(false);
    expect(Money.min(cents(900), cents(1000)).toString()).toBe('9.00');
    expect(Money.min(cents(1000), cents(900)).toString()).toBe('9.00');
  });

  it.each([
    [-1, false, false],
    [0, true, false],
    [1, false, true],
  ])('distinguishes for %i cents zero (%p) and positive (%p)', (count, zero, positive) => {
    expect(cents(count).isZero()).toBe(zero);
    expect(cents(count).isPositive()).toBe(positive);
  });

  it('does not change its operands', () => {
    const five = cents(500);
    five.plus(cents(1));
    five.minus(cents(1));
    expect(five.toString()).toBe('5.00');
    expect(Money.ZERO.toString()).toBe('0.00');
  });

  it('agrees with integer cents of any size', () => {
    fc.assert(
      fc.property(anyCents, anyCents, (left, right) => {
        expect(
          cents(left)
            .plus(cents(right))
            .equals(cents(left + right)),
        ).toBe(true);
        expect(
          cents(left)
            .minus(cents(right))
            .equals(cents(left - right)),
        ).toBe(true);
        expect(cents(left).isGreaterThan(cents(right))).toBe(left > right);
        expect(Money.min(cents(left), cents(right)).equals(cents(Math.min(left, right)))).toBe(true);
      }),
    );
  });
});

describe('the output of an amount', () => {
  it('has two decimals, also in JSON and in a message', () => {
    expect(JSON.stringify({ total_due: Money.of('254.1') })).toBe('{"total_due":"254.10"}');
    expect(`${Money.of('50000')}`).toBe('50000.00');
    expect(Money.of('9999999999.99').toString()).toBe('9999999999.99');
  });
});
