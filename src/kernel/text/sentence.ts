/** The name of a field, such as refresh_token or items.0.amount: it is written as it is, also at the start of a sentence. */
const STARTS_WITH_NAME = /^\w+[_.]\w/;

/** A message as a whole sentence: with a capital and a full stop. */
export function asSentence(message: string): string {
  const start = message.charAt(0);
  const first = STARTS_WITH_NAME.test(message) ? start : start.toUpperCase();
  return `${first}${message.slice(1)}.`;
}

/** The count before its noun, such as `1 row` and `2 rows`. The noun is regular. */
export function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}
