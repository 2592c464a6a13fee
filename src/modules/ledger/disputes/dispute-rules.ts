import { DomainError } from '../../../kernel/errors/domain-error.js';

export const DISPUTE_STEPS = ['DISPUTED', 'RESOLVED'] as const;

export type DisputeStep = (typeof DISPUTE_STEPS)[number];

/** The status of a balance after the step: only an open balance can be disputed, only a disputed one resolved. */
export function statusAfterDispute(
  balanceId: string,
  status: string,
  step: DisputeStep,
): 'OPEN' | 'DISPUTED' {
  if (step === 'DISPUTED') {
    if (status === 'OPEN') return 'DISPUTED';
    throw new DomainError(
      'BALANCE_NOT_OPEN',
      `Only an open balance can be disputed (${balanceId} is ${status}).`,
    );
  }
  if (status === 'DISPUTED') return 'OPEN';
  throw new DomainError(
    'BALANCE_NOT_DISPUTED',
    `Only a disputed balance can be resolved (${balanceId} is ${status}).`,
  );
}
