import type { ErrorCode } from '../../../kernel/errors/domain-error.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { Money } from '../../../kernel/money/money.js';
import { checkAmount } from '../postings/plausible-entry.js';
import type { EntryLimits } from '../postings/plausible-entry.js';
import type { TakeHome } from './take-home.js';
import { keptOf, parseTakeHome } from './take-home.js';

/** The earnings of one driver, as a request has them. */
export interface Earnings {
  /** The driver by id or by TLC number; by both, they must be of the same driver */
  readonly driver_id?: number | undefined;
  readonly tlc_license_number?: string | undefined;
  /** The lease whose balances are paid first. Without one, the balances of all leases are paid in one order. */
  readonly lease_id?: number | undefined;
  readonly amount: Money;
  /** Unique among all earnings, whether a run or a single payment settles them */
  readonly source_id: string;
  /** What the driver keeps at least: an amount, or a percentage of the earnings such as "25%" */
  readonly min_take_home?: string | undefined;
}

/** A line of a run before its driver and lease are looked up. */
export interface SettlementLine {
  readonly lineNumber: number;
  readonly driverId: number | null;
  readonly tlcLicenseNumber: string | null;
  readonly leaseId: number | null;
  /** Null if it could not be read; then the line has an error */
  readonly amount: Money | null;
  readonly minTakeHome: Money;
  /** Null if it could not be read; then the line has an error */
  readonly sourceId: string | null;
  /** Why the line is rejected already; null if its driver and lease decide */
  readonly error: LineError | null;
}

/** What the lines of a run must keep to. */
export interface LineRules {
  /** What drivers keep on lines that say nothing else */
  readonly takeHome: TakeHome;
  readonly limits: EntryLimits;
}

export interface LineError {
  readonly code: ErrorCode;
  readonly message: string;
}

const TAKE_HOME_FORM = 'min_take_home must be an amount such as 150.00, or a percentage such as 25%';

/** What drivers keep by default. Throws VALIDATION_FAILED for a text that says neither amount nor percentage. */
export function takeHomeOf(text: string): TakeHome {
  const takeHome = parseTakeHome(text);
  if (takeHome) return takeHome;
  const message = `${TAKE_HOME_FORM} (got ${text}).`;
  throw new DomainError('VALIDATION_FAILED', message, [{ field: 'min_take_home', message }]);
}

/** A line of a run. One that breaks a rule is rejected alone: it has the error. */
export function settlementLine(
  lineNumber: number,
  earnings: Earnings,
  { takeHome, limits }: LineRules,
): SettlementLine {
  const base = {
    lineNumber,
    driverId: earnings.driver_id ?? null,
    tlcLicenseNumber: earnings.tlc_license_number ?? null,
    leaseId: earnings.lease_id ?? null,
    amount: earnings.amount,
    sourceId: earnings.source_id,
  };
  try {
    checkDriverNamed(earnings);
    checkAmount(earnings.amount, limits);
    const ofLine = earnings.min_take_home === undefined ? takeHome : takeHomeOf(earnings.min_take_home);
    return { ...base, minTakeHome: keptOf(earnings.amount, ofLine), error: null };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { ...base, minTakeHome: Money.ZERO, error: { code: error.code, message: error.message } };
  }
}

function checkDriverNamed({ driver_id, tlc_license_number }: Earnings): void {
  if (driver_id !== undefined || tlc_license_number !== undefined) return;
  const message = 'driver_id or tlc_license_number is required.';
  throw new DomainError('VALIDATION_FAILED', message, [{ field: 'driver_id', message }]);
}
