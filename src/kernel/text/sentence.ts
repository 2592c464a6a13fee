/** A field name, for example refresh_token or items.0.amount. It is never capitalized. */
const STARTS_WITH_FIELD_NAME = /^\w+[_.]\w/;

/** The message as a sentence: capitalized, with a full stop. */
export function asSentence(message: string): string {
  const start = message.charAt(0);
  const first = STARTS_WITH_FIELD_NAME.test(message) ? start : start.toUpperCase();
  return `${first}${message.slice(1)}.`;
}

/** A time to wait, rounded up: `12 seconds` or `54 minutes`. */
export function waitingTime(seconds: number): string {
  return seconds < 100 ? counted(seconds, 'second') : counted(Math.ceil(seconds / 60), 'minute');
}

/** The count with its noun, for example `1 row` or `2 rows`. Regular nouns only. */
export function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

/** "BANK_TRANSFER" → "Bank transfer": a code that other systems choose, so it has no label of its own. */
export function printedCode(code: string): string {
  return code.charAt(0) + code.slice(1).toLowerCase().replaceAll('_', ' ');
}
