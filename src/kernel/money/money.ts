import { Big } from 'big.js';

const AMOUNT = /^\d{1,10}(\.\d{1,2})?$/;

/**
 * An exact amount of US dollars with two decimals. An amount parsed from input is never negative. This is the only
 * place that rounds money: half-up, to cents (docs/domain.md, "Money and time").
 */
export class Money {
  static readonly ZERO = new Money(new Big(0));

  private constructor(private readonly dollars: Big) {}

  /** Reads an amount from the database or from code. Throws RangeError if it is not whole cents. */
  static of(amount: string): Money {
    const dollars = new Big(amount);
    if (!dollars.round(2).eq(dollars)) throw new RangeError(`${amount} is not a whole number of cents`);
    return new Money(dollars);
  }

  /** Reads an amount from a request: digits with at most two decimals. Returns null for anything else. */
  static parse(input: unknown): Money | null {
    if (typeof input !== 'string' && typeof input !== 'number') return null;
    return AMOUNT.test(String(input)) ? new Money(new Big(String(input))) : null;
  }

  /** Rounds an exact result half-up to cents. */
  static rounded(exact: Big): Money {
    return new Money(exact.round(2, Big.roundHalfUp));
  }

  static sum(amounts: Iterable<Money>): Money {
    let total = Money.ZERO;
    for (const amount of amounts) total = total.plus(amount);
    return total;
  }

  static min(left: Money, right: Money): Money {
    return left.isGreaterThan(right) ? right : left;
  }

  plus(other: Money): Money {
    return new Money(this.dollars.plus(other.dollars));
  }

  minus(other: Money): Money {
    return new Money(this.dollars.minus(other.dollars));
  }

  isGreaterThan(other: Money): boolean {
    return this.dollars.gt(other.dollars);
  }

  equals(other: Money): boolean {
    return this.dollars.eq(other.dollars);
  }

  isZero(): boolean {
    return this.dollars.eq(0);
  }

  isPositive(): boolean {
    return this.dollars.gt(0);
  }

  /** The exact value, for the interest formula. */
  toBig(): Big {
    return this.dollars;
  }

  /** Two decimals, the form for JSON and for PostgreSQL's numeric: "254.11". */
  toString(): string {
    return this.dollars.toFixed(2);
  }

  toJSON(): string {
    return this.toString();
  }
}
