import type { Money } from './money.js';

/** Formats numbers and amounts for people in US English: on paper and in messages. */

/** Formats a number from the database or code with thousands separators: "1,511.31". */
export function printedNumber(number: string): string {
  const [whole = '', fraction] = number.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** Formats an amount of dollars: "$1,511.31". Every amount in a sentence has this form. */
export function printedDollars(amount: Money | string): string {
  const text = amount.toString();
  return text.startsWith('-') ? `-$${printedNumber(text.slice(1))}` : `$${printedNumber(text)}`;
}
