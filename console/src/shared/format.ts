/**
 * How amounts, dates and instants read. Amounts stay strings or whole cents in a bigint: no amount is ever a JS number.
 */

const MINUS = '\u2212';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY_MS = 86_400_000;

/** "1234.5" → "1,234.50"; a negative amount gets a real minus sign. Never rounds: the API gives two decimals. */
export function formatMoney(amount: string): string {
  const [, sign = '', whole = '0', cents = ''] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(amount) ?? [];
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return `${sign && MINUS}${grouped}.${cents.padEnd(2, '0')}`;
}

/** With the dollar sign, for headlines and sentences; tables leave it out. */
export function formatDollars(amount: string): string {
  const money = formatMoney(amount);
  return money.startsWith(MINUS) ? `${MINUS}$${money.slice(1)}` : `$${money}`;
}

/** "10.00" → "10%", "12.50" → "12.5%". */
export function formatRate(rate: string): string {
  return `${rate.replace(/\.?0+$/, '') || '0'}%`;
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
 * What a clerk typed, as the API takes it. A comma separates thousands only: "12,50" is no amount, because who types it means
 * 12.50, and without its comma it would be 1,250.00. Null where it is no amount.
 */
export function readMoney(typed: string): string | null {
  const [, amount = ''] = /^\$?\s?((?:\d+|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d{1,2})?)$/.exec(typed.trim()) ?? [];
  const plain = amount.replaceAll(',', '');
  return /^\d{1,10}(\.|$)/.test(plain) ? plain : null;
}

/** A yearly rate in percent, as typed; '' for the service's default rate, null where it is no percentage. */
export function readRate(typed: string): string | null {
  const [, rate] = /^(\d{1,3}(?:\.\d{1,2})?)\s?%?$/.exec(typed.trim()) ?? [];
  return rate ?? (typed.trim() === '' ? '' : null);
}

/** "2025-11-08" → "Nov 8, 2025". A calendar date has no time zone, so no Date is made of it. */
export function formatDate(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${MONTHS[parseInt(month, 10) - 1] ?? month} ${parseInt(day, 10)}, ${year}`;
}

/** "2025-11-02" → "Nov 2 – Nov 8, 2025": the payment week that begins on the Sunday. */
export function formatWeek(sunday: string): string {
  const saturday = addDays(sunday, 6);
  const withYear =
    sunday.slice(0, 4) === saturday.slice(0, 4) ? formatDate(sunday).split(',')[0] : formatDate(sunday);
  return `${withYear} – ${formatDate(saturday)}`;
}

const instantsIn = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US', { timeZone, dateStyle: 'medium', timeStyle: 'short' });

/** Instants are shown in the fleet's time zone, wherever the browser is. */
let instants = instantsIn('America/New_York');

/** The fleet's time zone, as the service says it (`APP_TIMEZONE`). */
export function showTimesIn(timeZone: string): void {
  if (instants.resolvedOptions().timeZone !== timeZone) instants = instantsIn(timeZone);
}

/** "America/New_York" → "New York time", for the places that show an instant. */
export const timeZoneName = (timeZone: string): string =>
  `${timeZone.split('/').pop()?.replaceAll('_', ' ') ?? timeZone} time`;

/** In the fleet's time zone; whoever shows it says whose time it is beside it. */
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

/** The Sunday of the payment week in which the date lies. */
export function sundayOf(date: string): string {
  return addDays(date, -weekdayOf(date));
}

/**
 * The last second of the day in the fleet's time zone, as an instant with its offset. The offset is asked of the time zone
 * itself: a day may begin in summer time and end in winter time.
 */
export function endOfDay(date: string): string {
  const end = `${date}T23:59:59`;
  // the offset at about that time says when exactly it is, and that the offset
  const about = offsetAt(`${end}Z`);
  return end + offsetAt(end + about);
}

/** "-05:00" */
function offsetAt(instant: string): string {
  const { timeZone } = instants.resolvedOptions();
  const name = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(new Date(instant))
    .find(({ type }) => type === 'timeZoneName')?.value;
  return name?.replace('GMT', '') || '+00:00';
}
