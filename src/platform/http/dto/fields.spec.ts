import { expectFieldError, NEVER_VALID, readDto } from '../../../../test/support/dto-field.js';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { DateField, FlagField, FlagQueryField, SearchField, TextField } from './fields.js';

class DateDto {
  @DateField()
  value!: CalendarDate;
}

class OptionalDateDto {
  @DateField({ optional: true })
  value?: CalendarDate;
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

describe('a date field', () => {
  const MESSAGE = 'value must be a valid date in the form YYYY-MM-DD';

  it('is passed on unchanged', async () => {
    expect((await readDto(DateDto, { value: '2025-11-02' })).value).toBe('2025-11-02');
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
    await expectFieldError(DateDto, { value }, MESSAGE);
    await expectFieldError(OptionalDateDto, { value }, MESSAGE);
  });

  it('is required unless it is optional', async () => {
    await expectFieldError(DateDto, {}, MESSAGE);
    expect((await readDto(OptionalDateDto, {})).value).toBeUndefined();
  });
});

describe('a boolean in a query', () => {
  it.each([
    ['true', true],
    ['false', false],
  ])('converts %p to %p', async (sent, flag) => {
    expect((await readDto(FlagQueryDto, { value: sent })).value).toBe(flag);
  });

  it.each([[''], ['TRUE'], ['1'], ['0'], ['no'], [' true'], [1], [[]], [['true', 'false']], [{}]])(
    'rejects %p',
    async (value) => {
      await expectFieldError(FlagQueryDto, { value }, 'value must be true or false');
    },
  );

  it('can be omitted', async () => {
    expect((await readDto(FlagQueryDto, {})).value).toBeUndefined();
  });
});

describe('a boolean in a body', () => {
  it.each([true, false])('accepts %p', async (value) => {
    expect((await readDto(FlagDto, { value })).value).toBe(value);
  });

  it.each([['true'], ['false'], [''], [0], [1], [null], [[]], [[true]], [{}]])(
    'rejects %p',
    async (value) => {
      await expectFieldError(FlagDto, { value }, 'value must be true or false');
    },
  );

  it('is required unless it is optional', async () => {
    await expectFieldError(RequiredFlagDto, {}, 'value must be true or false');
    expect((await readDto(FlagDto, {})).value).toBeUndefined();
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
    expect((await readDto(TextDto, { value: sent })).value).toBe(text);
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
    await expectFieldError(TextDto, { value }, refused(1));
  });

  it.each([
    ['two\nlines', 'two\nlines'],
    ['a\tb\r\nc', 'a\tb\r\nc'],
    ['', ''],
    [null, null],
  ])('converts %j to %j if lines, empty texts and null are allowed', async (sent, text) => {
    expect((await readDto(NotesDto, { value: sent })).value).toBe(text);
  });

  it.each([['nul\u0000'], ['bell\u0007'], ['half\ud83d'], ['0123456789a'], [7], [[]]])(
    'rejects %j even if lines, empty texts and null are allowed',
    async (value) => {
      await expectFieldError(NotesDto, { value }, refused(0));
    },
  );

  it('is required unless it is optional', async () => {
    await expectFieldError(TextDto, {}, refused(1));
    expect((await readDto(NotesDto, {})).value).toBeUndefined();
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
    expect((await readDto(SearchDto, { value: sent })).value).toBe(text);
  });

  it('may be omitted', async () => {
    expect((await readDto(SearchDto, {})).value).toBeUndefined();
  });

  it.each([[''], ['   '], ['x'.repeat(101)], ['nul\u0000'], ['two\nlines'], [null], [['a', 'b']], [{}]])(
    'rejects %j',
    async (value) => {
      const message = 'value must be a text of 1 to 100 characters, without control or invisible characters';
      await expectFieldError(SearchDto, { value }, message);
    },
  );
});
