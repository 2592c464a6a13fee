import { DomainError } from '../../../kernel/errors/domain-error.js';

export const DISPUTE_STEPS = ['DISPUTED', 'RESOLVED'] as const;

export type DisputeStep = (typeof DISPUTE_STEPS)[number];

/** What a step makes of a balance: only an open one is disputed, only a disputed one is resolved. */
export function statusAfterDispute(
  balanceId: string,
  status: string,
  step: DisputeStep,
): 'OPEN' | 'DISPUTED' {
  if (step === 'DISPUTED') {
    if (status === 'OPEN') return 'DISPUTED';
    throw new DomainError('BALANCE_NOT_OPEN', `${balanceId} is ${status}; only an OPEN balance is disputed.`);
  }
  if (status === 'DISPUTED') return 'OPEN';
  throw new DomainError('BALANCE_NOT_DISPUTED', `${balanceId} is ${status}; there is no dispute to resolve.`);
}
