import { DIFFERENCES_SHOWN, VerificationFindings } from './verification-findings.js';
import type { Difference } from './verification-findings.js';

const difference = (id: number): Difference => ({
  kind: 'BALANCE',
  id: `LB-2025-${id}`,
  message: 'is wrong',
  expected: '1.00',
  actual: '2.00',
});
const many = (count: number): Difference[] => Array.from({ length: count }, (_, id) => difference(id));

describe('the findings of a verification', () => {
  it('are empty at first', () => {
    const findings = new VerificationFindings();
    expect(findings.differencesTotal).toBe(0);
    expect(findings.differences).toEqual([]);
    expect(findings.checked).toEqual({});
  });

  it('add up the records by name and include names without records', () => {
    const findings = new VerificationFindings();
    findings.count('postings', 0);
    findings.count('loans', 20);
    findings.count('loans', 3);
    expect(findings.checked).toEqual({ postings: 0, loans: 23 });
  });

  it('keep the first differences in order up to the limit and count all', () => {
    const findings = new VerificationFindings();
    findings.add(many(DIFFERENCES_SHOWN - 1), DIFFERENCES_SHOWN - 1);
    findings.add([difference(7), difference(8)], 500_000);
    expect(findings.differences).toHaveLength(DIFFERENCES_SHOWN);
    expect(findings.differences.at(-1)).toEqual(difference(7));
    expect(findings.differencesTotal).toBe(DIFFERENCES_SHOWN - 1 + 500_000);
  });
});
