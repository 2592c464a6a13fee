import { toSqlList } from '../../../kernel/codes/labels.js';
import { RECEIVED_KINDS } from './posting-kind.js';

/** Whether the posting is money that came in. If it is voided, it does not count (docs/figures.md, "Received"). */
export const isReceivedMoney = (posting: string): string =>
  `${posting}.kind IN (${toSqlList(RECEIVED_KINDS)})`;

/**
 * The day on which the money of a posting counts: the day of its receipt, or, if an older release did not record it, of
 * its posting. @param timeZone that of the fleet, as SQL
 */
export const dayOfMoney = (posting: string, timeZone: string): string =>
  `coalesce(${posting}.received_on, (${posting}.posted_at AT TIME ZONE ${timeZone}::text)::date)`;

/** Whether that day is between two days, as SQL. It can be found with the indexes on `received_on` and `posted_at`. */
export const isMoneyOfDays = (posting: string, from: string, to: string, timeZone: string): string => `
  (${posting}.received_on BETWEEN ${from} AND ${to}
   OR ${posting}.received_on IS NULL AND ${posting}.posted_at >= ${from}::timestamp AT TIME ZONE ${timeZone}::text
      AND ${posting}.posted_at < (${to} + 1)::timestamp AT TIME ZONE ${timeZone}::text)`;
