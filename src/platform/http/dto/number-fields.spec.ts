import { expectFieldError, NEVER_VALID, readDto } from '../../../../test/support/dto-field.js';
import { Money } from '../../../kernel/money/money.js';
import { Percentage } from '../../../kernel/money/percentage.js';
import { IdField, IdQueryField, IdsQueryField, MoneyField, PercentageField, wholeNumber } from './fields.js';

class MoneyDto {
  @MoneyField()
  value!: Money;
}

class OptionalMoneyDto {
  @MoneyField({ optional: true })
  value?: Money;
}

class PercentageDto {
  @PercentageField()
  value!: Percentage;
}

class OptionalPercentageDto {
  @PercentageField({ optional: true })
  value?: Percentage;
}

class IdDto {
  @IdField()
  value!: number;
}

class OptionalIdDto {
  @IdField({ optional: true })
  value?: number;
}

class IdQueryDto {
  @IdQueryField()
  value!: number;
}

class OptionalIdQueryDto {
  @IdQueryField({ optional: true })
  value?: number;
}

class IdsQueryDto {
  @IdsQueryField()
  value!: number[];
}

class OptionalIdsQueryDto {
  @IdsQueryField({ optional: true })
  value?: number[];
}

describe('an amount field', () => {
  const MESSAGE =
    'value must be an amount such as "1500.00": digits, and at most two decimals after a point; no currency sign, no commas';

  it.each([
    ['1500.00', '1500.00'],
    [1500.5, '1500.50'],
    [0, '0.00'],
  ])('converts %p to Money', async (sent, amount) => {
    const { value } = await readDto(MoneyDto, { value: sent });
    expect(value).toBeInstanceOf(Money);
    expect(value.toString()).toBe(amount);
  });

  it.each([
    ...NEVER_VALID,
    ['1.005'],
    [1.005],
    ['1e3'],
    [1e21],
    ['-1'],
    [-1],
    [' 1'],
    [['5']],
    [{ dollars: 5 }],
  ])('rejects %p', async (value) => {
    await expectFieldError(MoneyDto, { value }, MESSAGE);
    await expectFieldError(OptionalMoneyDto, { value }, MESSAGE);
  });

  it('is required unless it is optional', async () => {
    await expectFieldError(MoneyDto, {}, MESSAGE);
    expect((await readDto(OptionalMoneyDto, {})).value).toBeUndefined();
  });
});

describe('a rate field', () => {
  const MESSAGE =
    'value must be a percentage such as "10.00": digits, and at most two decimals after a point; no percent sign, no commas';

  it.each([
    ['10.00', '10.00'],
    [7.25, '7.25'],
    [0, '0.00'],
  ])('converts %p to a Percentage', async (sent, rate) => {
    const { value } = await readDto(PercentageDto, { value: sent });
    expect(value).toBeInstanceOf(Percentage);
    expect(value.toString()).toBe(rate);
  });

  it.each([...NEVER_VALID, ['10.005'], ['10%'], [-1], [1000], [1e21], [['5']]])(
    'rejects %p',
    async (value) => {
      await expectFieldError(PercentageDto, { value }, MESSAGE);
      await expectFieldError(OptionalPercentageDto, { value }, MESSAGE);
    },
  );

  it('is required unless it is optional', async () => {
    await expectFieldError(PercentageDto, {}, MESSAGE);
    expect((await readDto(OptionalPercentageDto, {})).value).toBeUndefined();
  });
});

describe('an id field', () => {
  const MESSAGE = 'value must be a positive whole number';

  it.each([1, 2_147_483_647])('accepts %i from a body', async (value) => {
    expect((await readDto(IdDto, { value })).value).toBe(value);
  });

  it.each([
    ['1', 1],
    ['2147483647', 2_147_483_647],
    ['0007', 7],
  ])('converts %p from a query to %i', async (sent, id) => {
    expect((await readDto(IdQueryDto, { value: sent })).value).toBe(id);
  });

  it.each([...NEVER_VALID, [0], [-1], [1.5], [2_147_483_648], [1e21], ['1'], [[1]]])(
    'rejects %p in a body',
    async (value) => {
      await expectFieldError(IdDto, { value }, MESSAGE);
      await expectFieldError(OptionalIdDto, { value }, MESSAGE);
    },
  );

  it.each([
    ...NEVER_VALID,
    ['0'],
    ['-1'],
    ['1.5'],
    ['2147483648'],
    ['1e3'],
    ['0x10'],
    [' 7'],
    ['7 '],
    [['1', '2']],
  ])('rejects %p in a query', async (value) => {
    await expectFieldError(IdQueryDto, { value }, MESSAGE);
    await expectFieldError(OptionalIdQueryDto, { value }, MESSAGE);
  });

  it('is required unless it is optional', async () => {
    await expectFieldError(IdDto, {}, MESSAGE);
    await expectFieldError(IdQueryDto, {}, MESSAGE);
    expect((await readDto(OptionalIdDto, {})).value).toBeUndefined();
    expect((await readDto(OptionalIdQueryDto, {})).value).toBeUndefined();
  });
});

describe('a list of ids in a query', () => {
  const MESSAGE = 'value must be 1 to 500 positive whole numbers';

  it.each([
    ['7', [7]],
    ['1,2147483647', [1, 2_147_483_647]],
    [
      ['1', '2'],
      [1, 2],
    ],
    [
      ['1,2', '3'],
      [1, 2, 3],
    ],
  ])('converts %j to %j', async (sent, ids) => {
    expect((await readDto(IdsQueryDto, { value: sent })).value).toEqual(ids);
  });

  it.each([...NEVER_VALID, ['0'], ['1,'], ['1, 2'], ['1;2'], ['1e3'], [['1', 'x']], [[['1']]]])(
    'rejects %p',
    async (value) => {
      await expectFieldError(IdsQueryDto, { value }, MESSAGE);
      await expectFieldError(OptionalIdsQueryDto, { value }, MESSAGE);
    },
  );

  it('has at most 500 ids', async () => {
    const ids = Array.from({ length: 500 }, (_, index) => index + 1);
    expect((await readDto(IdsQueryDto, { value: ids.join() })).value).toEqual(ids);
    await expectFieldError(IdsQueryDto, { value: [...ids, 501].join() }, MESSAGE);
  });

  it('is required unless it is optional', async () => {
    await expectFieldError(IdsQueryDto, {}, MESSAGE);
    expect((await readDto(OptionalIdsQueryDto, {})).value).toBeUndefined();
  });
});

describe('an integer in a query', () => {
  it.each<[unknown, unknown]>([
    ['50', 50],
    ['0', 0],
    ['9999999999', 9_999_999_999],
    // unchanged, so that the validation rejects them
    ['99999999999', '99999999999'],
    ['1e3', '1e3'],
    ['0x10', '0x10'],
    ['', ''],
    [' 7', ' 7'],
    ['-1', '-1'],
    ['7\n', '7\n'],
    ['٣', '٣'],
    [null, null],
    [undefined, undefined],
  ])('converts %p to %p', (text, number) => {
    expect(wholeNumber(text)).toBe(number);
  });
});
