/**
 * Formats of amounts, dates and instants. An amount is a string or whole cents in a bigint, never a JS number.
 */

const MINUS = '\u2212';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY_MS = 86_400_000;

/** "1234.5" → "1,234.50", with a real minus sign. Does not round: the API sends two decimals. */
export function formatMoney(amount: string): string {
  const [, sign = '', whole = '0', cents = ''] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(amount) ?? [];
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return `${sign && MINUS}${grouped}.${cents.padEnd(2, '0')}`;
}

/** With the dollar sign: for headlines and sentences, not for tables. */
export function formatDollars(amount: string): string {
  const money = formatMoney(amount);
  return money.startsWith(MINUS) ? `${MINUS}$${money.slice(1)}` : `$${money}`;
}

/** "10.00" → "10%", "12.50" → "12.5%". */
export function formatRate(rate: string): string {
  return `${rate.replace(/\.?0+$/, '') || '0'}%`;
}

/** "LOAN_INSTALLMENT" → "Loan installment": a code that other systems choose, so it has no label of its own. */
export function formatCode(code: string): string {
  return code.charAt(0) + code.slice(1).toLowerCase().replaceAll('_', ' ');
}

export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** "845 bytes", "1.2 kB", "52.4 MB". */
export function formatBytes(bytes: number): string {
  const [unit, size] = bytes < 1e3 ? ['byte', 1] : bytes < 1e6 ? ['kilobyte', 1e3] : ['megabyte', 1e6];
  const format = {
    style: 'unit',
    unit,
    unitDisplay: bytes < 1e3 ? 'long' : 'short',
    maximumFractionDigits: 1,
  } as const;
  return (bytes / size).toLocaleString('en-US', format);
}

function toCents(amount: string): bigint {
  const [, sign = '', whole = '0', cents = ''] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(amount) ?? [];
  const value = BigInt(whole + cents.padEnd(2, '0'));
  return sign ? -value : value;
}

function fromCents(cents: bigint): string {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export function sumOf(amounts: readonly string[]): string {
  return fromCents(amounts.reduce((sum, amount) => sum + toCents(amount), 0n));
}

export const isZero = (amount: string): boolean => toCents(amount) === 0n;

/**
 * Converts a typed amount to the form of the API. Returns null if the text is not an amount. A comma separates only thousands:
 * "12,50" is not an amount, because the user means 12.50, and without the comma it would be 1,250.00.
 */
export function parseMoney(typed: string): string | null {
  const [, amount = ''] = /^\$?\s?((?:\d+|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d{1,2})?)$/.exec(typed.trim()) ?? [];
  const plain = amount.replaceAll(',', '');
  return /^\d{1,10}(\.|$)/.test(plain) ? plain : null;
}

/** A typed yearly rate in percent; '' for the default rate of the service; null if the text is not a percentage. */
export function parseRate(typed: string): string | null {
  const [, rate] = /^(\d{1,3}(?:\.\d{1,2})?)\s?%?$/.exec(typed.trim()) ?? [];
  return rate ?? (typed.trim() === '' ? '' : null);
}

/** "2025-11-08" → "Nov 8, 2025". A calendar date has no time zone, so it is not converted to a Date. */
export function formatDate(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${MONTHS[parseInt(month, 10) - 1] ?? month} ${parseInt(day, 10)}, ${year}`;
}

/** "2025-11-02" → "Nov 2 – Nov 8, 2025": the payment week that starts on this Sunday. */
export function formatWeek(sunday: string): string {
  const saturday = addDays(sunday, 6);
  const withYear =
    sunday.slice(0, 4) === saturday.slice(0, 4) ? formatDate(sunday).split(',')[0] : formatDate(sunday);
  return `${withYear} – ${formatDate(saturday)}`;
}

const instantsIn = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US', { timeZone, dateStyle: 'medium', timeStyle: 'short' });

/** Instants are shown in the fleet's time zone, not in the one of the browser. */
let instants = instantsIn('UTC');

/** @param timeZone of the fleet, from the profile of the user (`APP_TIMEZONE` of the service) */
export function setTimeZone(timeZone: string): void {
  if (instants.resolvedOptions().timeZone !== timeZone) instants = instantsIn(timeZone);
}

/** "America/New_York" → "New York time". */
export const timeZoneName = (timeZone: string): string =>
  `${timeZone.split('/').pop()?.replaceAll('_', ' ') ?? timeZone} time`;

/** In the fleet's time zone. The label next to it must name the time zone. */
export function formatInstant(instant: string): string {
  return instants.format(new Date(instant));
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 0 is Sunday. */
function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

/** The Sunday of the payment week that contains the date. */
export function sundayOf(date: string): string {
  return addDays(date, -weekdayOf(date));
}

/**
 * The last second of the day in the fleet's time zone, as an instant with its offset. The offset is the one at the end of the
 * day: daylight saving time can end during the day.
 */
export function endOfDay(date: string): string {
  const end = `${date}T23:59:59`;
  // the offset at approximately this time gives the exact time, which gives the exact offset
  const approximate = offsetAt(`${end}Z`);
  return end + offsetAt(end + approximate);
}

/** "-05:00" */
function offsetAt(instant: string): string {
  const { timeZone } = instants.resolvedOptions();
  const name = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(new Date(instant))
    .find(({ type }) => type === 'timeZoneName')?.value;
  return name?.replace('GMT', '') || '+00:00';
}
