import type { Category } from '../modules/ledger/index.js';

/** A driver with a leased cab, who owes the lease fee every Sunday. */
export interface DemoDriver {
  readonly tlc: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly lease: string;
  readonly medallion: string;
  readonly plate: string;
  /** Weekly earnings in dollars, from which the open balances are paid */
  readonly earns: string;
}

export interface DemoLoan {
  /** Position in DEMO_DRIVERS */
  readonly driver: number;
  readonly amount: string;
  readonly rate: string;
  readonly purpose: string;
  /**
   * Relative to the current payment week: the week in which the loan is created, and the week in which repayment starts
   */
  readonly createdWeek: number;
  readonly startWeek: number;
  readonly becomes?: {
    readonly status: 'ON_HOLD' | 'CANCELLED' | 'DRAFT';
    readonly week: number;
    readonly reason: string;
  };
}

export interface DemoCharge {
  readonly driver: number;
  readonly week: number;
  readonly category: Category;
  readonly amount: string;
  readonly reference: string;
  readonly description: string;
}

/** The number of past payment weeks in the history of the fleet. */
export const HISTORY_WEEKS = 8;
export const LEASE_FEE = '450.00';

export const DEMO_DRIVERS: readonly DemoDriver[] = [
  driver('5012345', 'Amara', 'Diallo', '5X41', 'T612345C', '900.00'),
  driver('5023456', 'Rafiq', 'Chowdhury', '7H22', 'T623456C', '905.00'),
  driver('5034567', 'Marie-Ève', 'Toussaint', '2B90', 'T634567C', '530.00'),
  driver('5045678', 'Gurpreet', 'Singh', '8K13', 'T645678C', '760.00'),
  driver('5056789', 'Luis', 'Ortega Núñez', '3F77', 'T656789C', '700.00'),
  driver('5067890', 'Nadia', 'Benali', '9D05', 'T667890C', '780.00'),
  driver('5078901', 'Kwame', 'Mensah', '4J36', 'T678901C', '450.00'),
  driver('5089012', 'Олена', 'Шевченко', '6L58', 'T689012C', '655.00'),
  driver('5090123', 'Tenzin', 'Dorje', '1C64', 'T690123C', '480.00'),
  driver('5101234', 'Jean-Baptiste', "O'Neill", '5R19', 'T701234C', '450.00'),
  driver('5112345', '小明', '王', '8N47', 'T712345C', '450.00'),
  driver('5134567', 'Fatima', 'Al-Sayed', '2V83', 'T723456C', '620.00'),
];

/** At least one loan in every status; some are paid on time and some are overdue. */
export const DEMO_LOANS: readonly DemoLoan[] = [
  loan(0, '1800.00', '10.00', 'Transmission repair', -8, -7),
  loan(1, '5000.00', '8.00', 'Down payment on a vehicle', -8, -7),
  loan(2, '3200.00', '12.50', 'Medical bills', -7, -6),
  loan(3, '1000.00', '5.00', 'Rent', -8, -7),
  loan(3, '450.00', '0.00', 'Licence renewal', -2, -1),
  loan(4, '480.00', '0.00', 'Tyres', -8, -7),
  loan(5, '2750.50', '9.75', 'Family emergency', -6, -5),
  {
    ...loan(7, '1900.00', '5.00', 'Insurance deductible', -7, -6),
    becomes: { status: 'ON_HOLD', week: -2, reason: 'Driver is in hospital' },
  },
  {
    ...loan(8, '650.00', '6.00', 'Phone and tablet', -1, 1),
    becomes: { status: 'CANCELLED', week: -1, reason: 'Driver withdrew before the first week' },
  },
  {
    ...loan(9, '1250.00', '7.50', 'Body work after an accident', -1, 1),
    becomes: { status: 'DRAFT', week: -1, reason: 'Waits for approval' },
  },
  loan(10, '200.00', '4.00', 'Advance on the week', -1, 1),
  loan(11, '850.00', '10.00', 'School fees', -5, -4),
];

export const DEMO_CHARGES: readonly DemoCharge[] = [
  charge(0, -6, 'EZPASS', '38.25', 'Tolls of the week'),
  charge(1, -5, 'PVB', '65.00', 'Parking violation'),
  charge(2, -4, 'TLC', '100.00', 'Inspection fee'),
  charge(3, -3, 'EZPASS', '21.90', 'Tolls of the week'),
  charge(4, -3, 'REPAIRS', '180.00', 'Brake pads'),
  charge(5, -2, 'EZPASS', '44.10', 'Tolls of the week'),
  charge(11, -1, 'MISC', '25.00', 'Key replacement'),
];

function driver(
  tlc: string,
  firstName: string,
  lastName: string,
  medallion: string,
  plate: string,
  earns: string,
): DemoDriver {
  return { tlc, firstName, lastName, lease: `LS-${medallion}`, medallion, plate, earns };
}

function loan(
  of: number,
  amount: string,
  rate: string,
  purpose: string,
  createdWeek: number,
  startWeek: number,
): DemoLoan {
  return { driver: of, amount, rate, purpose, createdWeek, startWeek };
}

function charge(
  of: number,
  week: number,
  category: Category,
  amount: string,
  description: string,
): DemoCharge {
  return { driver: of, week, category, amount, reference: `${category}-${of + 1}${-week}`, description };
}
