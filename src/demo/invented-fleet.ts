import { Money } from '../kernel/money/money.js';
import { Percentage } from '../kernel/money/percentage.js';
import type { NewDriver } from '../modules/drivers/index.js';
import { SeededRandom } from './seeded-random.js';
import { NAMES } from './invented-names.js';

/** What the fleet's settings allow. */
export interface LendingLimits {
  readonly maxAmount: Money;
  readonly maxRate: Percentage;
}

export interface InventedDriver extends NewDriver {
  readonly medallion_number: string;
  readonly vehicle_plate: string;
  readonly lease_number: string;
  /** For how many days the lease has been running when the driver is hired */
  readonly leasedForDays: number;
}

export interface InventedLoan {
  /** Position of the driver among those of the run, from 0 */
  readonly borrower: number;
  readonly amount: Money;
  readonly rate: Percentage;
  readonly purpose: string;
  /** Weeks from the first one that is possible to that in which repayment begins */
  readonly weeksToStart: number;
}

/** How much people borrow: mostly little. Each range lies in a row of the repayment matrix, and none is left out. */
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
 * A fleet that never was, drawn from one number: the same seed has the same driver and the same loan in each place.
 * What must be unique (license, medallion, plate, lease) is told from the driver's place and is the same for all seeds.
 */
export class InventedFleet {
  private readonly rates: readonly (typeof RATES)[number][];

  constructor(
    private readonly seed: number,
    private readonly limits: LendingLimits,
  ) {
    this.rates = RATES.filter(({ rate }) => !Percentage.of(rate).isGreaterThan(limits.maxRate));
  }

  /** @param place of the driver among all that the database holds, from 1 */
  driver(place: number): InventedDriver {
    const random = new SeededRandom(`driver ${this.seed} ${place}`);
    const names = random.byShare(NAMES);
    const license = licenseNumber(place);
    // a cab has a driver for the day and one for the night
    const cab = Math.ceil(place / 2);
    const medallion = medallionNumber(cab);
    return {
      tlc_license_number: license,
      first_name: random.oneOf(names.first),
      last_name: random.oneOf(names.last),
      // 555-01xx belongs to nobody
      phone: random.happens(90)
        ? `+1 ${random.oneOf(AREA_CODES)} 555 01${digits(random.between(0, 99), 2)}`
        : null,
      email: random.happens(60) ? `driver.${license}@example.com` : null,
      medallion_number: medallion,
      vehicle_plate: `T${digits(scattered(cab, MILLION), 6)}C`,
      lease_number: `LS-${medallion}-${place % 2 === 1 ? 'DAY' : 'NIGHT'}`,
      leasedForDays: random.between(0, 730),
    };
  }

  /**
   * @param place of the loan in its run, from 0
   * @param run what tells this run from others on the same database
   */
  loan(place: number, run: { readonly firstDriver: number; readonly drivers: number }): InventedLoan {
    const random = new SeededRandom(`loan ${this.seed} ${run.firstDriver} ${place}`);
    return {
      borrower: random.between(0, run.drivers - 1),
      amount: Money.min(amountOf(random), this.limits.maxAmount),
      rate: Percentage.of(random.byShare(this.rates).rate),
      purpose: random.oneOf(PURPOSES),
      weeksToStart: random.byShare(STARTS).weeks,
    };
  }

  /** How much of a week's debt the driver pays, in percent: most pay it all. */
  paysPercent(place: number, week: string): number {
    const random = new SeededRandom(`payment ${this.seed} ${place} ${week}`);
    if (random.happens(85)) return 100;
    return random.happens(60) ? random.between(20, 90) : 0;
  }
}

/** Round sums as a rule, and a bill to the cent now and then. */
function amountOf(random: SeededRandom): Money {
  const { above, upTo } = random.byShare(AMOUNTS);
  if (random.happens(85)) return Money.of(`${above + 25 * random.between(1, (upTo - above) / 25)}.00`);
  return Money.of(`${random.between(above, upTo - 1)}.${digits(random.between(1, 99), 2)}`);
}

/** Seven digits, in a range from which the city has not given any yet. */
function licenseNumber(place: number): string {
  return `${6 + Math.floor(place / MILLION)}${digits(scattered(place, MILLION), 6)}`;
}

/** In the city's forms: 5X41, then XX555, then XXX555. */
function medallionNumber(cab: number): string {
  const letters = LETTERS.length;
  const forms = [
    {
      size: 9 * letters * 100,
      of: (n: number) =>
        `${1 + (n % 9)}${word(Math.floor(n / 9) % letters, 1)}${digits(Math.floor(n / 9 / letters), 2)}`,
    },
    {
      size: letters ** 2 * 1_000,
      of: (n: number) => `${word(Math.floor(n / 1_000), 2)}${digits(n % 1_000, 3)}`,
    },
    {
      size: letters ** 3 * 1_000,
      of: (n: number) => `${word(Math.floor(n / 1_000), 3)}${digits(n % 1_000, 3)}`,
    },
  ];
  let number = cab - 1;
  for (const { size, of } of forms) {
    if (number < size) return of(scattered(number, size));
    number -= size;
  }
  throw new RangeError(`the city has no medallion for cab ${cab}`);
}

/** Another number below the size for each number below it, in no order that shows. */
function scattered(number: number, size: number): number {
  // prime, and so without a divisor in common with any size
  return ((number % size) * 7_919) % size;
}

function word(number: number, length: number): string {
  let text = '';
  for (let rest = number; text.length < length; rest = Math.floor(rest / LETTERS.length)) {
    text = (LETTERS[rest % LETTERS.length] ?? '') + text;
  }
  return text;
}

function digits(number: number, length: number): string {
  return String(number).padStart(length, '0');
}
