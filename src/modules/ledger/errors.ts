import { DomainError } from '../../kernel/errors/domain-error.js';

/** A source stands in the ledger once; after a void it may be posted again. */
export function sourceAlreadyPosted(sourceType: string, sourceId: string): DomainError {
  return new DomainError(
    'SOURCE_ALREADY_POSTED',
    `The ledger already holds a standing posting for ${sourceType} ${sourceId}.`,
  );
}

/** Some types are a module's own, such as the loans' installments: nobody records them by hand. */
export function sourceTypeReserved(field: string, type: string): DomainError {
  const sentence = `${type} is recorded by its own module only; choose another ${field}.`;
  return new DomainError('SOURCE_TYPE_RESERVED', sentence, [{ field, message: sentence }]);
}

export function leaseOfOtherDriver(driverId: number, leaseId: number): DomainError {
  return new DomainError('LEASE_DRIVER_MISMATCH', `Driver ${driverId} has no lease ${leaseId}.`);
}

export function driverUnknown(driverId: number): DomainError {
  const sentence = `There is no driver ${driverId}.`;
  return new DomainError('DRIVER_UNKNOWN', sentence, [{ field: 'driver_id', message: sentence }]);
}
