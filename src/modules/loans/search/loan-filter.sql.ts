import { idsOfMatchingDrivers } from '../../drivers/index.js';
import type { BORROWER_SORTS, LoanFilterInput } from './loan-filter.input.js';

const leasesOf = (column: string, medallion: string): string => `
  SELECT ${column} FROM leases le JOIN medallions m ON m.id = le.medallion_id WHERE m.medallion_number = upper(${medallion})`;

/**
 * The filters of `LoanFilterInput` as conditions on driver_loans AS l and on the amount of the listed record. Their nine
 * parameters, those of `loanFilterParameters`, start at `first`.
 */
export function loanFilters(amount: string, first: number): string {
  const [tlc, name, medallion, amountFrom, amountTo, rateFrom, rateTo, weekFrom, weekTo] = Array.from(
    { length: 9 },
    (_, index) => `$${first + index}`,
  );
  return `
    AND (${tlc}::text IS NULL OR l.driver_id = (SELECT id FROM drivers WHERE tlc_license_number = ${tlc}))
    AND (${name}::text IS NULL OR l.driver_id = ANY (ARRAY(${idsOfMatchingDrivers(`${name}`)})))
    AND (${medallion}::text IS NULL OR l.driver_id = ANY (ARRAY(${leasesOf('le.driver_id', `${medallion}`)}))
                                   AND l.lease_id = ANY (ARRAY(${leasesOf('le.id', `${medallion}`)})))
    AND (${amountFrom}::numeric IS NULL OR ${amount} >= ${amountFrom})
    AND (${amountTo}::numeric IS NULL OR ${amount} <= ${amountTo})
    AND (${rateFrom}::numeric IS NULL OR l.interest_rate >= ${rateFrom})
    AND (${rateTo}::numeric IS NULL OR l.interest_rate <= ${rateTo})
    AND (${weekFrom}::date IS NULL OR l.start_week >= ${weekFrom})
    AND (${weekTo}::date IS NULL OR l.start_week <= ${weekTo})`;
}

export function loanFilterParameters(query: LoanFilterInput): unknown[] {
  return [
    query.tlc_license_number,
    query.driver_name,
    query.medallion_number,
    query.amount_from?.toString(),
    query.amount_to?.toString(),
    query.rate_from?.toString(),
    query.rate_to?.toString(),
    query.start_week_from,
    query.start_week_to,
  ];
}

/** The columns of drivers AS d and medallions AS m. The collation is that of the list of drivers. */
export const BORROWER_SORT_COLUMNS: Readonly<Record<(typeof BORROWER_SORTS)[number], readonly string[]>> = {
  driver_name: ['d.last_name COLLATE "und-x-icu"', 'd.first_name COLLATE "und-x-icu"'],
  medallion_number: ['m.medallion_number'],
};

/** ORDER BY of these columns and the key, all in one direction. */
export function orderBy(columns: readonly string[], direction: 'asc' | 'desc'): string {
  return columns.map((column) => `${column} ${direction}`).join(', ');
}
