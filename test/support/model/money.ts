/** Whole cents. */
export type Cents = number;

export const dollars = (cents: Cents): string => (cents / 100).toFixed(2);
export const centsOf = (amount: string): Cents => Math.round(Number(amount) * 100);

export function sum<T>(items: Iterable<T>, amountOf: (item: T) => number): number {
  let total = 0;
  for (const item of items) total += amountOf(item);
  return total;
}

/** Percent of the whole with two decimals, rounded half up. Zero if the whole is zero. */
export function share(part: Cents, whole: Cents): string {
  if (whole === 0) return '0.00';
  return dollars(Number(halfUp(BigInt(part) * 10_000n, BigInt(whole))));
}

/** Simple interest: principal × rate/100 × days/365. The rate is in hundredths of a percent a year. */
export function interestOn(principal: Cents, rate: number, days: number): Cents {
  return Number(halfUp(BigInt(principal) * BigInt(rate) * BigInt(days), 365n * 10_000n));
}

function halfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}
