import { Money } from '../../kernel/money/money.js';
import { withoutDryRunNumbers } from './dry-run.js';

describe('the response of a dry run', () => {
  it('has null for every id that does not exist', () => {
    const answer = {
      posting_id: 'LP-2025-1000000000000000',
      reverses_posting_id: 'LP-2025-000042',
      allocations: [{ allocation_id: 'PA-2025-1000000000000001', balance_id: 'LB-2025-000007' }],
      installments: [
        { id: 7, installment_id: 'DL-2025-0001-INST-01', ledger_balance_id: 'LB-2025-1000000000000002' },
        { id: 1_000_000_000_000_003, installment_id: 'DL-2025-0001-INST-02', loan_id: 'DL-2025-0001' },
      ],
    };
    expect(withoutDryRunNumbers(answer)).toEqual({
      posting_id: null,
      reverses_posting_id: 'LP-2025-000042',
      allocations: [{ allocation_id: null, balance_id: 'LB-2025-000007' }],
      installments: [
        { id: 7, installment_id: 'DL-2025-0001-INST-01', ledger_balance_id: null },
        { id: null, installment_id: null, loan_id: 'DL-2025-0001' },
      ],
    });
  });

  it('leaves everything else unchanged', () => {
    const answer = {
      id: 999_999_999_999_999,
      amount: Money.of('254.11'),
      posted_at: new Date('2025-11-02T10:00:00Z'),
      source_id: 'EARN-2025-1000000000000000',
      reference_id: 'CC-2025-4111111111111111',
      notes: 'See LP-2025-1000000000000000',
      errors: null,
    };
    expect(withoutDryRunNumbers(answer)).toStrictEqual(answer);
    expect(withoutDryRunNumbers(null)).toBeNull();
  });
});
