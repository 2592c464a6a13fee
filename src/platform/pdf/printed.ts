/** Formats dates and instants for paper in US English: "Nov 8, 2025", "Oct 29, 2025, 9:00 AM EDT". */

const DATE = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', dateStyle: 'medium' });

/** Formats a calendar date `YYYY-MM-DD`. */
export function printedDate(date: string): string {
  return DATE.format(new Date(`${date}T00:00:00Z`));
}

/** Formatters by time zone: creating one costs more than formatting a thousand instants. */
const INSTANTS = new Map<string, Intl.DateTimeFormat>();

/** Formats an instant in local time of the time zone, with the zone name. */
export function printedInstant(instant: Date, timeZone: string): string {
  const format = INSTANTS.get(timeZone) ?? instantFormat(timeZone);
  INSTANTS.set(timeZone, format);
  // versions of Node put different spaces between time and AM
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
