import { parseInstant } from './instant.js';

describe('an instant', () => {
  it.each([
    ['2025-11-02T05:00:00-05:00', '2025-11-02T10:00:00.000Z'],
    ['2025-11-02T10:00:00Z', '2025-11-02T10:00:00.000Z'],
    ['2025-11-02T10:00:00.125Z', '2025-11-02T10:00:00.125Z'],
    ['2025-11-02T10:00+01:00', '2025-11-02T09:00:00.000Z'],
  ])('is parsed from %s as %s', (text, iso) => {
    expect(parseInstant(text)?.toISOString()).toBe(iso);
  });

  it.each([
    ['2025-11-02'],
    ['2025-11-02T10:00:00'],
    ['2025-11-02T10:00:00 01:00'],
    ['2025-02-30T10:00:00Z'],
    ['2025-11-02T25:00:00Z'],
    ['2025-11-02T10:00:00.1234Z'],
    ['2025-11-02T10:00:00Z[UTC]'],
    ['0000-11-02T10:00:00Z'],
    ['now'],
    [''],
    [1],
    [null],
    [new Date('2025-11-02')],
  ])('cannot be parsed from %p', (text) => {
    expect(parseInstant(text)).toBeNull();
  });
});
