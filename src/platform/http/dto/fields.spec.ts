import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { Money } from '../../../kernel/money/money.js';
import { Percentage } from '../../../kernel/money/percentage.js';
import { validationPipe } from '../body/validation.js';
import {
  DateField,
  FlagField,
  FlagQueryField,
  IdField,
  IdQueryField,
  IdsQueryField,
  MoneyField,
  PercentageField,
  SearchField,
  TextField,
  wholeNumber,
} from './fields.js';

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

class DateDto {
  @DateField()
  value!: CalendarDate;
}

class OptionalDateDto {
  @DateField({ optional: true })
  value?: CalendarDate;
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

class FlagQueryDto {
  @FlagQueryField({ optional: true })
  value?: boolean;
}

class FlagDto {
  @FlagField({ optional: true })
  value?: boolean;
}

class RequiredFlagDto {
  @FlagField()
  value!: boolean;
}

class TextDto {
  @TextField({ maxLength: 10 })
  value!: string;
}

class NotesDto {
  @TextField({ minLength: 0, maxLength: 10, optional: true, nullable: true, multiline: true })
  value?: string | null;
}

class SearchDto {
  @SearchField({ description: 'Any part of a name' })
  value?: string;
}

const pipe = validationPipe();

/** What the handler receives from a body or a query after JSON or URL parsing. */
async function read<Dto extends object>(metatype: new () => Dto, body: unknown): Promise<Dto> {
  return (await pipe.transform(body, { type: 'body', metatype })) as Dto;
}

const isRefused = (metatype: new () => object, body: unknown, message: string) =>
  expect(read(metatype, body)).rejects.toMatchObject({
    code: 'VALIDATION_FAILED',
    fields: [{ field: 'value', message }],
  });

/** Values that no field accepts. */
const NEVER_VALID: [unknown][] = [
  [null],
  [''],
  [[]],
  [{}],
  [{ constructor: null }],
  [{ toString: 'x' }],
  [true],
  ['NaN'],
  ['Infinity'],
  ['०१'],
];

describe('an amount field', () => {
  const MESSAGE =
    'value must be an amount such as "1500.00": digits, and at most two decimals after a point; no currency sign, no commas';

  it.each([
    ['1500.00', '1500.00'],
    [1500.5, '1500.50'],
    [0, '0.00'],
  ])('converts %p to Money', async (sent, amount) => {
    const { value } = await read(MoneyDto, { value: sent });
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
    await isRefused(MoneyDto, { value }, MESSAGE);
    await isRefused(OptionalMoneyDto, { value }, MESSAGE);
  });

  it('is required unless it is optional', async () => {
    await isRefused(MoneyDto, {}, MESSAGE);
    expect((await read(OptionalMoneyDto, {})).value).toBeUndefined();
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
    const { value } = await read(PercentageDto, { value: sent });
    expect(value).toBeInstanceOf(Percentage);
    expect(value.toString()).toBe(rate);
  });

  it.each([...NEVER_VALID, ['10.005'], ['10%'], [-1], [1000], [1e21], [['5']]])(
    'rejects %p',
    async (value) => {
      await isRefused(PercentageDto, { value }, MESSAGE);
      await isRefused(OptionalPercentageDto, { value }, MESSAGE);
    },
  );

  it('is required unless it is optional', async () => {
    await isRefused(PercentageDto, {}, MESSAGE);
    expect((await read(OptionalPercentageDto, {})).value).toBeUndefined();
  });
});

describe('a date field', () => {
  const MESSAGE = 'value must be a valid date in the form YYYY-MM-DD';

  it('is passed on unchanged', async () => {
    expect((await read(DateDto, { value: '2025-11-02' })).value).toBe('2025-11-02');
  });

  it.each([
    ...NEVER_VALID,
    ['2026-02-30'],
    ['0000-01-01'],
    ['2025-11-02T00:00:00Z'],
    ['11/02/2025'],
    [20251102],
    [['2025-11-02']],
  ])('rejects %p', async (value) => {
    await isRefused(DateDto, { value }, MESSAGE);
    await isRefused(OptionalDateDto, { value }, MESSAGE);
  });

  it('is required unless it is optional', async () => {
    await isRefused(DateDto, {}, MESSAGE);
    expect((await read(OptionalDateDto, {})).value).toBeUndefined();
  });
});

describe('an id field', () => {
  const MESSAGE = 'value must be a positive whole number';

  it.each([1, 2_147_483_647])('accepts %i from a body', async (value) => {
    expect((await read(IdDto, { value })).value).toBe(value);
  });

  it.each([
    ['1', 1],
    ['2147483647', 2_147_483_647],
    ['0007', 7],
  ])('converts %p from a query to %i', async (sent, id) => {
    expect((await read(IdQueryDto, { value: sent })).value).toBe(id);
  });

  it.each([...NEVER_VALID, [0], [-1], [1.5], [2_147_483_648], [1e21], ['1'], [[1]]])(
    'rejects %p in a body',
    async (value) => {
      await isRefused(IdDto, { value }, MESSAGE);
      await isRefused(OptionalIdDto, { value }, MESSAGE);
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
    await isRefused(IdQueryDto, { value }, MESSAGE);
    await isRefused(OptionalIdQueryDto, { value }, MESSAGE);
  });

  it('is required unless it is optional', async () => {
    await isRefused(IdDto, {}, MESSAGE);
    await isRefused(IdQueryDto, {}, MESSAGE);
    expect((await read(OptionalIdDto, {})).value).toBeUndefined();
    expect((await read(OptionalIdQueryDto, {})).value).toBeUndefined();
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
    expect((await read(IdsQueryDto, { value: sent })).value).toEqual(ids);
  });

  it.each([...NEVER_VALID, ['0'], ['1,'], ['1, 2'], ['1;2'], ['1e3'], [['1', 'x']], [[['1']]]])(
    'rejects %p',
    async (value) => {
      await isRefused(IdsQueryDto, { value }, MESSAGE);
      await isRefused(OptionalIdsQueryDto, { value }, MESSAGE);
    },
  );

  it('has at most 500 ids', async () => {
    const ids = Array.from({ length: 500 }, (_, index) => index + 1);
    expect((await read(IdsQueryDto, { value: ids.join() })).value).toEqual(ids);
    await isRefused(IdsQueryDto, { value: [...ids, 501].join() }, MESSAGE);
  });

  it('is required unless it is optional', async () => {
    await isRefused(IdsQueryDto, {}, MESSAGE);
    expect((await read(OptionalIdsQueryDto, {})).value).toBeUndefined();
  });
});

describe('a boolean in a query', () => {
  it.each([
    ['true', true],
    ['false', false],
  ])('converts %p to %p', async (sent, flag) => {
    expect((await read(FlagQueryDto, { value: sent })).value).toBe(flag);
  });

  it.each([[''], ['TRUE'], ['1'], ['0'], ['no'], [' true'], [1], [[]], [['true', 'false']], [{}]])(
    'rejects %p',
    async (value) => {
      await isRefused(FlagQueryDto, { value }, 'value must be true or false');
    },
  );

  it('can be omitted', async () => {
    expect((await read(FlagQueryDto, {})).value).toBeUndefined();
  });
});

describe('a boolean in a body', () => {
  it.each([true, false])('accepts %p', async (value) => {
    expect((await read(FlagDto, { value })).value).toBe(value);
  });

  it.each([['true'], ['false'], [''], [0], [1], [null], [[]], [[true]], [{}]])(
    'rejects %p',
    async (value) => {
      await isRefused(FlagDto, { value }, 'value must be true or false');
    },
  );

  it('is required unless it is optional', async () => {
    await isRefused(RequiredFlagDto, {}, 'value must be true or false');
    expect((await read(FlagDto, {})).value).toBeUndefined();
  });
});

describe('a text field', () => {
  const refused = (min: number) =>
    `value must be a text of ${min} to 10 characters, without control or invisible characters`;

  it.each([
    ['Ruiz', 'Ruiz'],
    ['x', 'x'],
    ['0123456789', '0123456789'],
    ['  Ruiz\n', 'Ruiz'],
    ['  0123456789  ', '0123456789'],
    ['Ramón 李', 'Ramón 李'],
  ])('trims %j to %j', async (sent, text) => {
    expect((await read(TextDto, { value: sent })).value).toBe(text);
  });

  it.each([
    [''],
    ['   '],
    ['0123456789a'],
    ['two\nlines'],
    ['a\tb'],
    ['nul\u0000'],
    ['bell\u0007'],
    ['half\ud83d'],
    [null],
    [7],
    [true],
    [['Ruiz']],
    [{}],
  ])('rejects %j', async (value) => {
    await isRefused(TextDto, { value }, refused(1));
  });

  it.each([
    ['two\nlines', 'two\nlines'],
    ['a\tb\r\nc', 'a\tb\r\nc'],
    ['', ''],
    [null, null],
  ])('converts %j to %j if lines, empty texts and null are allowed', async (sent, text) => {
    expect((await read(NotesDto, { value: sent })).value).toBe(text);
  });

  it.each([['nul\u0000'], ['bell\u0007'], ['half\ud83d'], ['0123456789a'], [7], [[]]])(
    'rejects %j even if lines, empty texts and null are allowed',
    async (value) => {
      await isRefused(NotesDto, { value }, refused(0));
    },
  );

  it('is required unless it is optional', async () => {
    await isRefused(TextDto, {}, refused(1));
    expect((await read(NotesDto, {})).value).toBeUndefined();
  });
});

describe('a search field', () => {
  it.each([
    ['Ruiz', 'Ruiz'],
    ['  Ruiz ', 'Ruiz'],
    // a combining accent is composed to the letter in the lists
    ['Ramo\u0301n', 'Ramón'],
    ['100%', '100%'],
  ])('normalizes %j to %j', async (sent, text) => {
    expect((await read(SearchDto, { value: sent })).value).toBe(text);
  });

  it.each(['', '   '])('treats %j as omitted', async (value) => {
    expect((await read(SearchDto, { value })).value).toBeUndefined();
    expect((await read(SearchDto, {})).value).toBeUndefined();
  });

  it.each([['x'.repeat(101)], ['nul\u0000'], ['two\nlines'], [null], [['a', 'b']], [{}]])(
    'rejects %j',
    async (value) => {
      const message = 'value must be a text of 1 to 100 characters, without control or invisible characters';
      await isRefused(SearchDto, { value }, message);
    },
  );
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
