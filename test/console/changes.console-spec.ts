import { changedEntries, changesBetween, summarize } from '../../console/src/shared/audit/field-changes.js';

type Fields = Record<string, unknown> | null;

/** Formatted as `field: before → after` */
const linesOf = (before: Fields, after: Fields): string[] =>
  changesBetween({ before, after }).map(
    (change) =>
      `${change.path.join('.')}: ${JSON.stringify(change.before)} → ${JSON.stringify(change.after)}`,
  );

describe('the list of changes in an audit event', () => {
  it('contains the fields that differ, with the old and the new value', () => {
    expect(linesOf({ notes: null, driver_id: 3 }, { notes: 'Calls on Fridays', driver_id: 3 })).toEqual([
      'notes: null → "Calls on Fridays"',
    ]);
  });

  it('contains every field of a new record except the empty ones', () => {
    expect(linesOf(null, { notes: null, amount: '25.00' })).toEqual(['amount: null → "25.00"']);
  });

  it('lists an object field by field, and an array as a whole', () => {
    const before = { lease: { id: 2, plate: 'T1' }, installments: [{ status: 'DUE' }] };
    const after = { lease: { id: 2, plate: 'T2' }, installments: [{ status: 'PAID' }] };
    expect(linesOf(before, after)).toEqual([
      'lease.plate: "T1" → "T2"',
      'installments: [{"status":"DUE"}] → [{"status":"PAID"}]',
    ]);
  });

  it('handles an object that appears, disappears or replaces another value', () => {
    expect(linesOf({ lease: null }, { lease: { id: 2 } })).toEqual(['lease.id: null → 2']);
    expect(linesOf({ lease: { id: 2 } }, {})).toEqual(['lease.id: 2 → null']);
    expect(linesOf({ lease: 2 }, { lease: { id: 2 } })).toEqual(['lease: 2 → {"id":2}']);
  });

  it('is empty when nothing differs or nothing was stored', () => {
    expect(linesOf({ id: 7 }, { id: 7 })).toEqual([]);
    expect(linesOf(null, null)).toEqual([]);
  });

  it('begins with the headline fields, and a short list omits when the record changed', () => {
    const after = { updated_on: '2025-11-02', end_week: '2025-12-06', closed_on: null, status: 'ON_HOLD' };
    const changes = changesBetween({ before: { status: 'ACTIVE' }, after });
    expect(changes.map(({ path }) => path[0])).toEqual(['status', 'updated_on', 'end_week']);
    const short = summarize(changes, 1);
    expect(short.shown.map(({ path }) => path[0])).toEqual(['status']);
    expect(short.hiddenCount).toBe(1);
  });

  it('counts the array entries that changed, including new ones', () => {
    expect(changedEntries([{ no: 1 }, { no: 2 }], [{ no: 1 }, { no: 3 }, { no: 4 }])).toBe(2);
  });
});
