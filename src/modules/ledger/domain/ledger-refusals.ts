import { DomainError } from '../../../kernel/errors/domain-error.js';

/** A source stands in the ledger once; after a void it may be posted again. */
export function sourceAlreadyPosted(sourceType: string, sourceId: string): DomainError {
  return new DomainError(
    'SOURCE_ALREADY_POSTED',
    `The ledger already holds a standing posting for ${sourceType} ${sourceId}.`,
  );
}

export function leaseOfOtherDriver(driverId: number, leaseId: number): DomainError {
  return new DomainError('LEASE_OF_OTHER_DRIVER', `Driver ${driverId} has no lease ${leaseId}.`);
}
