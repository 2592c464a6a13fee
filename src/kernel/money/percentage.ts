import { Big } from 'big.js';

const PERCENT = /^\d{1,3}(\.\d{1,2})?$/;

/** An annual rate in percent with at most two decimals: "10.00" is ten percent a year. */
export class Percentage {
  private constructor(private readonly percent: Big) {}

  /** Reads a rate from the database or the configuration. */
  static of(percent: string): Percentage {
    return new Percentage(new Big(percent));
  }

  /** Reads a rate from a request. Returns null if it is not a number with at most two decimals. */
  static parse(input: unknown): Percentage | null {
    if (typeof input !== 'string' && typeof input !== 'number') return null;
    return PERCENT.test(String(input)) ? Percentage.of(String(input)) : null;
  }

  isGreaterThan(other: Percentage): boolean {
    return this.percent.gt(other.percent);
  }

  toBig(): Big {
    return this.percent;
  }

  toString(): string {
    return this.percent.toFixed(2);
  }

  toJSON(): string {
    return this.toString();
  }
}
