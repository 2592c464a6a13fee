import fc from 'fast-check';
import { Percentage } from './percentage.js';

describe('a rate from a request', () => {
  it.each<[string | number, string]>([
    ['10.00', '10.00'],
    ['10', '10.00'],
    ['7.5', '7.50'],
    [7.25, '7.25'],
    [0, '0.00'],
    [-0, '0.00'],
    ['0.01', '0.01'],
    ['100.00', '100.00'],
    [999.99, '999.99'],
  ])('accepts %p as %p percent', (input, rate) => {
    expect(Percentage.parse(input)?.toString()).toBe(rate);
  });

  it.each<[unknown]>([
    ['10.005'],
    [10.005],
    ['10%'],
    ['1e1'],
    [1e21],
    [1e-7],
    ['-1'],
    [-0.01],
    ['+1'],
    ['1000'],
    [1000],
    [''],
    [' 1'],
    ['1 '],
    ['1\n'],
    ['.5'],
    ['5.'],
    ['1,5'],
    ['NaN'],
    [Number.NaN],
    ['Infinity'],
    [Number.POSITIVE_INFINITY],
    ['०१'],
    [null],
    [undefined],
    [false],
    [[]],
    [['5']],
    [{}],
    [5n],
    [Percentage.of('5')],
  ])('rejects %p', (input) => {
    expect(Percentage.parse(input)).toBeNull();
  });

  it('is the same from a text and from a number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999 }), (hundredths) => {
        const text = (hundredths / 100).toFixed(2);
        expect(Percentage.parse(text)?.toString()).toBe(text);
        expect(Percentage.parse(hundredths / 100)?.toString()).toBe(text);
      }),
    );
  });
});

describe('a rate', () => {
  it('compares as a number and not as a text', () => {
    expect(Percentage.of('10').isGreaterThan(Percentage.of('9.99'))).toBe(true);
    expect(Percentage.of('20.00').isGreaterThan(Percentage.of('20'))).toBe(false);
    expect(Percentage.of('9').isGreaterThan(Percentage.of('10'))).toBe(false);
  });

  it('has two decimals, also in JSON and in a message', () => {
    expect(JSON.stringify({ interest_rate: Percentage.of('7.5') })).toBe('{"interest_rate":"7.50"}');
    expect(`${Percentage.of('20')}`).toBe('20.00');
  });

  it('passes its exact value to the interest formula', () => {
    expect(Percentage.of('7.25').toBig().toString()).toBe('7.25');
  });

  it('rejects a stored text that is not a number', () => {
    expect(() => Percentage.of('ten')).toThrow('Invalid number');
  });
});
