import { allocationReason } from './allocation-reason.js';

describe('the reason of an allocation', () => {
  it.each([
    ['a named balance of a targeted payment', 'LP-1', 'TARGETED', true, 'NAMED'],
    ['the rest of a targeted payment', 'LP-1', 'HIERARCHY', true, 'REST'],
    ['a payment by hierarchy', 'LP-1', 'HIERARCHY', false, 'HIERARCHY'],
    ['an earlier credit, which a targeted payment uses too', 'LP-0', 'HIERARCHY', true, 'CREDIT'],
  ] as const)('is known for %s', (_, paymentPostingId, type, isTargeted, reason) => {
    expect(allocationReason({ paymentPostingId, type }, { postingId: 'LP-1', isTargeted })).toBe(reason);
  });
});
