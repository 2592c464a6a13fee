import { DomainError } from '../../kernel/errors/domain-error.js';
import { printedCode } from '../../kernel/text/sentence.js';
import type { ErrorKinds } from '../../kernel/errors/domain-error.js';

/** The error codes of the ledger, each with its kind. docs/errors.md explains them. */
export const LEDGER_ERRORS = {
  POSTING_NOT_FOUND: 'NOT_FOUND',
  BALANCE_NOT_FOUND: 'NOT_FOUND',
  BALANCE_UNKNOWN: 'INVALID_INPUT',
  BALANCE_LEASE_MISMATCH: 'INVALID_INPUT',
  BALANCE_NOT_OPEN: 'CONFLICT',
  DUPLICATE_BALANCE: 'INVALID_INPUT',
  ALLOCATION_EXCEEDS_BALANCE: 'INVALID_INPUT',
  ALLOCATIONS_EXCEED_PAYMENT: 'INVALID_INPUT',
  POSTING_ALREADY_VOIDED: 'CONFLICT',
  REVERSAL_NOT_VOIDABLE: 'CONFLICT',
  BALANCE_HAS_PAYMENTS: 'CONFLICT',
  CREDIT_REFUNDED: 'CONFLICT',
  REFUND_EXCEEDS_CREDIT: 'INVALID_INPUT',
  BALANCE_DISPUTED: 'CONFLICT',
  BALANCE_NOT_DISPUTED: 'CONFLICT',
  SOURCE_ALREADY_POSTED: 'CONFLICT',
  SOURCE_TYPE_RESERVED: 'INVALID_INPUT',
  PERIOD_NOT_A_PAYMENT_WEEK: 'INVALID_INPUT',
  PAYMENT_WEEK_OUT_OF_RANGE: 'INVALID_INPUT',
  DUE_DATE_OUT_OF_RANGE: 'INVALID_INPUT',
  AMOUNT_OUT_OF_RANGE: 'INVALID_INPUT',
  REPORT_PERIOD_INVALID: 'INVALID_INPUT',
  SETTLEMENT_RUN_NOT_FOUND: 'NOT_FOUND',
  SETTLEMENT_RUN_NOT_VOIDABLE: 'CONFLICT',
} as const satisfies ErrorKinds;

type LedgerErrors = typeof LEDGER_ERRORS;

declare module '../../kernel/errors/domain-error.js' {
  interface ErrorCodes extends LedgerErrors {}
}

/**
 * A source can have one active posting. After a void it may be posted again.
 * @param field the field of the request with the source id
 */
export function sourceAlreadyPosted(field: string, sourceType: string, sourceId: string): DomainError {
  const sentence = `${printedCode(sourceType)} ${sourceId} is already in the ledger. Use another number, or void the first posting.`;
  return new DomainError('SOURCE_ALREADY_POSTED', sentence, [{ field, message: sentence }]);
}

/** Some types, for example loan installments, are recorded only by their module, never by a user. */
export function sourceTypeReserved(field: string, type: string): DomainError {
  const sentence = `${type} is reserved. Choose another ${field}.`;
  return new DomainError('SOURCE_TYPE_RESERVED', sentence, [{ field, message: sentence }]);
}

export function postingNotFound(postingId: string): DomainError {
  return new DomainError('POSTING_NOT_FOUND', `There is no posting ${postingId}.`);
}

/** The posting is missing, or no money came in with it. */
export function paymentNotFound(postingId: string): DomainError {
  return new DomainError('POSTING_NOT_FOUND', `There is no payment ${postingId}.`);
}

export function settlementRunNotFound(runId: string): DomainError {
  return new DomainError('SETTLEMENT_RUN_NOT_FOUND', `There is no settlement run ${runId}.`);
}

export function leaseDriverMismatch(driverId: number, leaseId: number): DomainError {
  return new DomainError('LEASE_DRIVER_MISMATCH', `Driver ${driverId} has no lease ${leaseId}.`);
}

export function driverHasNoLease(driverId: number): DomainError {
  return new DomainError('LEASE_DRIVER_MISMATCH', `Driver ${driverId} has no lease.`);
}

export function driverUnknown(driverId: number): DomainError {
  const sentence = `There is no driver ${driverId}.`;
  return new DomainError('DRIVER_UNKNOWN', sentence, [{ field: 'driver_id', message: sentence }]);
}
