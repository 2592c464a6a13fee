import { changedFields } from './changed-fields.js';

describe('the changed fields of an audit entry', () => {
  const read = new Date('2025-10-29T13:00:00Z');

  it('are the different fields before and after', () => {
    const before = { id: 7, purpose: 'Rent', notes: null, updated_on: read };
    const after = { id: 7, purpose: 'Tyres', notes: null, updated_on: new Date('2025-10-29T14:00:00Z') };
    expect(changedFields(before, after)).toEqual({
      before: { purpose: 'Rent', updated_on: '2025-10-29T13:00:00.000Z' },
      after: { purpose: 'Tyres', updated_on: '2025-10-29T14:00:00.000Z' },
    });
  });

  it('compare the contents of a field', () => {
    const of = (status: string) => ({ installments: [{ number: 1, status }], driver: { id: 1 } });
    expect(changedFields(of('SCHEDULED'), of('SKIPPED'))).toEqual({
      before: { installments: [{ number: 1, status: 'SCHEDULED' }] },
      after: { installments: [{ number: 1, status: 'SKIPPED' }] },
    });
  });

  it('are the whole record if it is new', () => {
    expect(changedFields(undefined, { id: 7, created_on: read })).toEqual({
      before: undefined,
      after: { id: 7, created_on: read },
    });
  });

  it('are null if there is no record', () => {
    expect(changedFields()).toEqual({ before: undefined, after: undefined });
  });

  it('are empty on both sides if nothing changed', () => {
    expect(changedFields({ id: 7 }, { id: 7 })).toEqual({ before: {}, after: {} });
  });
});
