import { Money } from '../kernel/money/money.js';
import { Percentage } from '../kernel/money/percentage.js';
import type { NewDriver } from '../modules/drivers/index.js';
import { SeededRandom } from './seeded-random.js';
import { NAMES } from './invented-names.js';

/** The limits of loans in the configuration. */
export interface LendingLimits {
  readonly maxAmount: Money;
  readonly maxRate: Percentage;
}

export interface InventedDriver extends NewDriver {
  readonly medallion_number: string;
  readonly vehicle_plate: string;
  readonly lease_number: string;
  /** The age of the lease in days when the driver is added */
  readonly leasedForDays: number;
}

export interface InventedLoan {
  /** Index of the driver among the drivers of this run, from 0 */
  readonly borrower: number;
  readonly amount: Money;
  readonly rate: Percentage;
  readonly purpose: string;
  /** Weeks from the first possible start week to the start week of the loan */
  readonly weeksToStart: number;
}

/**
 * Loan amounts, mostly small ones. Each range is within one row of the repayment matrix, and together they cover every
 * row.
 */
const AMOUNTS = [
  { share: 22, above: 50, upTo: 200 },
  { share: 27, above: 200, upTo: 500 },
  { share: 26, above: 500, upTo: 1_000 },
  { share: 18, above: 1_000, upTo: 3_000 },
  { share: 6, above: 3_000, upTo: 6_000 },
  { share: 1, above: 6_000, upTo: 12_000 },
] as const;

const RATES = [
  { share: 35, rate: '0.00' },
  { share: 20, rate: '5.00' },
  { share: 10, rate: '7.50' },
  { share: 20, rate: '10.00' },
  { share: 10, rate: '12.50' },
  { share: 5, rate: '18.00' },
] as const;

const STARTS = [
  { share: 70, weeks: 0 },
  { share: 15, weeks: 1 },
  { share: 10, weeks: 2 },
  { share: 4, weeks: 4 },
  { share: 1, weeks: 8 },
] as const;

const PURPOSES = [
  'Transmission repair',
  'Brakes and tyres',
  'Body work after an accident',
  'Insurance deductible',
  'TLC licence renewal',
  'TLC summons',
  'Parking and red light fines',
  'Toll arrears',
  'Rent',
  'Security deposit for an apartment',
  'Medical bills',
  'Dental work',
  'School fees',
  'Family emergency',
  'Ticket home for a funeral',
  'Down payment on a vehicle',
  'Phone and card reader',
  'Advance on the week',
  'Immigration lawyer',
  'Holiday season',
] as const;

const AREA_CODES = ['212', '347', '646', '718', '917', '929'] as const;
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const MILLION = 1_000_000;

/**
 * A randomly generated fleet: the same seed gives the same driver and the same loan at each position. Unique values
 * (license, medallion, plate, lease number) depend only on the position of the driver, not on the seed.
 */
export class InventedFleet {
  private readonly rates: readonly (typeof RATES)[number][];

  constructor(
    private readonly seed: number,
    private readonly limits: LendingLimits,
  ) {
    this.rates = RATES.filter(({ rate }) => !Percentage.of(rate).isGreaterThan(limits.maxRate));
  }

  /** @param position of the driver among all drivers of the database, from 1 */
  driver(position: number): InventedDriver {
    const random = new SeededRandom(`driver ${this.seed} ${position}`);
    const names = random.byShare(NAMES);
    const license = licenseNumber(position);
    // two drivers share a cab: one by day, one by night
    const cab = Math.ceil(position / 2);
    const medallion = medallionNumber(cab);
    return {
      tlc_license_number: license,
      first_name: random.oneOf(names.first),
      last_name: random.oneOf(names.last),
      // numbers 555-01xx are reserved for fiction
      phone: random.happens(90)
        ? `+1 ${random.oneOf(AREA_CODES)} 555 01${digits(random.between(0, 99), 2)}`
        : null,
      email: random.happens(60) ? `driver.${license}@example.com` : null,
      medallion_number: medallion,
      vehicle_plate: `T${digits(permuted(cab, MILLION), 6)}C`,
      lease_number: `LS-${medallion}-${position % 2 === 1 ? 'DAY' : 'NIGHT'}`,
      leasedForDays: random.between(0, 730),
    };
  }

  /**
   * @param position of the loan in this run, from 0
   * @param run distinguishes this run from other runs on the same database
   */
  loan(position: number, run: { readonly firstDriver: number; readonly drivers: number }): InventedLoan {
    const random = new SeededRandom(`loan ${this.seed} ${run.firstDriver} ${position}`);
    return {
      borrower: random.between(0, run.drivers - 1),
      amount: Money.min(amountOf(random), this.limits.maxAmount),
      rate: Percentage.of(random.byShare(this.rates).rate),
      purpose: random.oneOf(PURPOSES),
      weeksToStart: random.byShare(STARTS).weeks,
    };
  }

  /** The percentage of the open balance that the driver pays in a week: most drivers pay all of it. */
  paysPercent(position: number, week: string): number {
    const random = new SeededRandom(`payment ${this.seed} ${position} ${week}`);
    if (random.happens(85)) return 100;
    return random.happens(60) ? random.between(20, 90) : 0;
  }
}

/** A multiple of 25 dollars in most cases, otherwise an exact amount in cents. */
function amountOf(random: SeededRandom): Money {
  const { above, upTo } = random.byShare(AMOUNTS);
  if (random.happens(85)) return Money.of(`${above + 25 * random.between(1, (upTo - above) / 25)}.00`);
  return Money.of(`${random.between(above, upTo - 1)}.${digits(random.between(1, 99), 2)}`);
}

/** Seven digits, in a range that the city has not used yet. */
function licenseNumber(position: number): string {
  return `${6 + Math.floor(position / MILLION)}${digits(permuted(position, MILLION), 6)}`;
}

/** In the formats of the city: 5X41, then XX555, then XXX555. */
function medallionNumber(cab: number): string {
  const letters = LETTERS.length;
  const formats = [
    {
      size: 9 * letters * 100,
      of: (n: number) =>
        `${1 + (n % 9)}${letterCode(Math.floor(n / 9) % letters, 1)}${digits(Math.floor(n / 9 / letters), 2)}`,
    },
    {
      size: letters ** 2 * 1_000,
      of: (n: number) => `${letterCode(Math.floor(n / 1_000), 2)}${digits(n % 1_000, 3)}`,
    },
    {
      size: letters ** 3 * 1_000,
      of: (n: number) => `${letterCode(Math.floor(n / 1_000), 3)}${digits(n % 1_000, 3)}`,
    },
  ];
  let number = cab - 1;
  for (const { size, of } of formats) {
    if (number < size) return of(permuted(number, size));
    number -= size;
  }
  throw new RangeError(`the city has no medallion for cab ${cab}`);
}

/** Maps the numbers below `size` one to one onto themselves, without a visible order. */
function permuted(number: number, size: number): number {
  // a prime number, so it has no common divisor with any of the sizes
  return ((number % size) * 7_919) % size;
}

function letterCode(number: number, length: number): string {
  let text = '';
  for (let rest = number; text.length < length; rest = Math.floor(rest / LETTERS.length)) {
    text = (LETTERS[rest % LETTERS.length] ?? '') + text;
  }
  return text;
}

function digits(number: number, length: number): string {
  return String(number).padStart(length, '0');
}
