/** How values read on paper in New York: "1,511.31", "Nov 8, 2025", "Oct 29, 2025, 9:00 AM EDT". */

/** A decimal or whole number, as our own database or code wrote it, with thousands separators. */
export function printedNumber(number: string): string {
  const [whole = '', fraction] = number.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** An amount of dollars out of a column of such: "$1,511.31". */
export function printedDollars(amount: string): string {
  return amount.startsWith('-') ? `-$${printedNumber(amount.slice(1))}` : `$${printedNumber(amount)}`;
}

const DATE = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', dateStyle: 'medium' });

/** A calendar date `YYYY-MM-DD`. */
export function printedDate(date: string): string {
  return DATE.format(new Date(`${date}T00:00:00Z`));
}

/** By time zone: to make one costs more than to print a thousand instants. */
const INSTANTS = new Map<string, Intl.DateTimeFormat>();

/** A day and a time on the wall's clock in the time zone, with the zone's name. */
export function printedInstant(instant: Date, timeZone: string): string {
  const format = INSTANTS.get(timeZone) ?? instantFormat(timeZone);
  INSTANTS.set(timeZone, format);
  // Node's versions part time and AM by different blanks
  return format.format(instant).replace(/[\u202f\u00a0]/g, ' ');
}

function instantFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  });
}
