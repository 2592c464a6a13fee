import { changedEntries, changesBetween, tellingOf } from '../../console/src/shared/changes.js';

type Fields = Record<string, unknown> | null;

/** As `field: before → after` */
const told = (before: Fields, after: Fields): string[] =>
  changesBetween({ before, after }).map(
    (change) =>
      `${change.path.join('.')}: ${JSON.stringify(change.before)} → ${JSON.stringify(change.after)}`,
  );

describe('what an act changed', () => {
  it('is the fields that differ, each with what was and what became', () => {
    expect(told({ notes: null, driver_id: 3 }, { notes: 'Calls on Fridays', driver_id: 3 })).toEqual([
      'notes: null → "Calls on Fridays"',
    ]);
  });

  it('is all that a new record holds, and not what it leaves empty', () => {
    expect(told(null, { notes: null, amount: '25.00' })).toEqual(['amount: null → "25.00"']);
  });

  it('is told of an object field by field, and of a list as a whole', () => {
    const before = { lease: { id: 2, plate: 'T1' }, installments: [{ status: 'DUE' }] };
    const after = { lease: { id: 2, plate: 'T2' }, installments: [{ status: 'PAID' }] };
    expect(told(before, after)).toEqual([
      'lease.plate: "T1" → "T2"',
      'installments: [{"status":"DUE"}] → [{"status":"PAID"}]',
    ]);
  });

  it('is told of an object that came or went, and of one where no object stood', () => {
    expect(told({ lease: null }, { lease: { id: 2 } })).toEqual(['lease.id: null → 2']);
    expect(told({ lease: { id: 2 } }, {})).toEqual(['lease.id: 2 → null']);
    expect(told({ lease: 2 }, { lease: { id: 2 } })).toEqual(['lease: 2 → {"id":2}']);
  });

  it('is nothing where nothing differs, or where nothing is kept', () => {
    expect(told({ id: 7 }, { id: 7 })).toEqual([]);
    expect(told(null, null)).toEqual([]);
  });

  it('begins with what tells most; when the record changed is left out of the few words', () => {
    const after = { updated_on: '2025-11-02', end_week: '2025-12-06', closed_on: null, status: 'ON_HOLD' };
    const changes = changesBetween({ before: { status: 'ACTIVE' }, after });
    expect(changes.map(({ path }) => path[0])).toEqual(['status', 'updated_on', 'end_week']);
    const short = tellingOf(changes, 1);
    expect(short.told.map(({ path }) => path[0])).toEqual(['status']);
    expect(short.left).toBe(1);
  });

  it('counts the entries of a list that are not as they were, new ones among them', () => {
    expect(changedEntries([{ no: 1 }, { no: 2 }], [{ no: 1 }, { no: 3 }, { no: 4 }])).toBe(2);
  });
});
