import { DomainError } from '../../kernel/errors/domain-error.js';

/** A source can have one active posting. After a void it may be posted again. */
export function sourceAlreadyPosted(sourceType: string, sourceId: string): DomainError {
  return new DomainError(
    'SOURCE_ALREADY_POSTED',
    `The ledger already has an active posting for ${sourceType} ${sourceId}.`,
  );
}

/** Some types, for example loan installments, are recorded only by their module, never by a user. */
export function sourceTypeReserved(field: string, type: string): DomainError {
  const sentence = `${type} is reserved. Choose another ${field}.`;
  return new DomainError('SOURCE_TYPE_RESERVED', sentence, [{ field, message: sentence }]);
}

export function leaseDriverMismatch(driverId: number, leaseId: number): DomainError {
  return new DomainError('LEASE_DRIVER_MISMATCH', `Driver ${driverId} has no lease ${leaseId}.`);
}

export function driverUnknown(driverId: number): DomainError {
  const sentence = `There is no driver ${driverId}.`;
  return new DomainError('DRIVER_UNKNOWN', sentence, [{ field: 'driver_id', message: sentence }]);
}
