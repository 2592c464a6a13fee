import fc from 'fast-check';

/** The index of a suitable item, see `choose` */
const pick = fc.nat(99);
const percent = fc.integer({ min: 1, max: 100 });
/** Mostly the first, so that loans, obligations and payments interact */
const borrower = fc.oneof(fc.constant(0), fc.nat(2));
/** The number of weeks before or after the current one */
const week = fc.integer({ min: -3, max: 3 });
/** From one cent to four thousand dollars, with small amounts as frequent as large ones */
const cents = fc.oneof(
  fc.integer({ min: 1, max: 400_000 }),
  fc.integer({ min: 1, max: 500_00 }),
  fc.constantFrom(1, 200_00, 500_00, 1_000_00, 3_000_00),
);

/** The random operations. An operation without a suitable item does nothing. */
const ACTS = {
  lend: fc.record({
    act: fc.constant('lend' as const),
    borrower,
    cents: fc.oneof(fc.integer({ min: 1, max: 400_000 }), fc.constantFrom(200_00, 200_50, 500_00, 1_500_00)),
    rate: fc.oneof(fc.nat(2_000), fc.constantFrom(0, 1_000, 2_000)),
    weeksAhead: fc.oneof(fc.constant(0), fc.nat(2), fc.nat(52)),
  }),
  wait: fc.record({
    act: fc.constant('wait' as const),
    days: fc.oneof(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 8, max: 60 })),
  }),
  run: fc.record({ act: fc.constant('run' as const) }),
  post: fc.record({
    act: fc.constant('post' as const),
    loan: fc.option(pick),
    weeksBack: fc.oneof(fc.constant(0), fc.nat(8)),
  }),
  hold: fc.record({ act: fc.constant('hold' as const), pick }),
  resume: fc.record({
    act: fc.constant('resume' as const),
    pick,
    /** Relative to the current week. Null requests no specific week. */
    week: fc.option(fc.oneof(fc.constant(0), fc.nat(6))),
    waive: fc.boolean(),
  }),
  cancel: fc.record({ act: fc.constant('cancel' as const), pick }),
  pay: fc.record({
    act: fc.constant('pay' as const),
    borrower,
    cents,
    week: fc.integer({ min: -3, max: 0 }),
  }),
  target: fc.record({
    act: fc.constant('target' as const),
    borrower,
    named: fc.uniqueArray(fc.tuple(pick, percent), {
      minLength: 1,
      maxLength: 3,
      selector: ([which]) => which,
    }),
    more: fc.oneof(fc.constant(0), fc.nat(50_000)),
  }),
  owe: fc.record({
    act: fc.constant('owe' as const),
    borrower,
    cents,
    week,
    category: fc.constantFrom('TAXES', 'LEASE', 'LOANS', 'MISC', 'DEPOSITS'),
  }),
  dispute: fc.record({ act: fc.constantFrom('dispute' as const, 'resolve' as const), pick }),
  voidDebt: fc.record({ act: fc.constant('voidDebt' as const), pick }),
  voidCredit: fc.record({ act: fc.constant('voidCredit' as const), pick }),
  refund: fc.record({
    act: fc.constant('refund' as const),
    borrower,
    percent: fc.integer({ min: 1, max: 110 }),
  }),
  voidRefund: fc.record({ act: fc.constant('voidRefund' as const), pick }),
  payOff: fc.record({
    act: fc.constant('payOff' as const),
    pick,
    /** The paid percentage of the quote. Null pays nothing. */
    paying: fc.option(fc.oneof(fc.constant(100), percent)),
  }),
  undoPayoff: fc.record({ act: fc.constant('undoPayoff' as const), pick }),
  recover: fc.record({
    act: fc.constant('recover' as const),
    pick,
    percent: fc.integer({ min: 1, max: 110 }),
  }),
  writeOff: fc.record({ act: fc.constant('writeOff' as const), pick }),
} as const;

type ActName = keyof typeof ACTS;

type GeneratedBy<T> = T extends fc.Arbitrary<infer Value> ? Value : never;

export type Act = GeneratedBy<(typeof ACTS)[ActName]>;

export type ActOf<Name extends Act['act']> = Extract<Act, { act: Name }>;

/** The weights of operations that are more frequent. */
const WEIGHTS: Partial<Record<ActName, number>> = {
  lend: 3,
  wait: 3,
  run: 3,
  pay: 2,
  hold: 2,
  resume: 3,
  payOff: 2,
  undoPayoff: 2,
  writeOff: 2,
  recover: 2,
};

const anyAct: fc.Arbitrary<Act> = fc.oneof(
  ...Object.entries(ACTS).map(([name, arbitrary]) => ({
    arbitrary: arbitrary as fc.Arbitrary<Act>,
    weight: WEIGHTS[name as ActName] ?? 1,
  })),
);

/** Common sequences that rarely occur by chance. */
const EPISODES: readonly fc.Arbitrary<(Act | null)[]>[] = [
  fc.tuple(ACTS.hold, fc.option(ACTS.wait), ACTS.resume),
  fc.tuple(ACTS.lend, ACTS.hold, ACTS.resume),
  fc.tuple(ACTS.payOff, fc.option(ACTS.pay), ACTS.undoPayoff),
  fc.tuple(ACTS.run, ACTS.writeOff, ACTS.recover, fc.option(ACTS.voidCredit)),
  fc.tuple(ACTS.dispute, ACTS.pay, ACTS.dispute),
  fc.tuple(ACTS.pay, ACTS.refund, fc.option(ACTS.owe)),
];

const anyEpisode = fc.oneof(
  { arbitrary: anyAct.map((act) => [act]), weight: 12 },
  ...EPISODES.map((arbitrary) => ({ arbitrary, weight: 1 })),
);

/** Starts with a loan, because most operations need one. */
export const anyLife: fc.Arbitrary<Act[]> = fc
  .tuple(ACTS.lend, fc.array(anyEpisode, { maxLength: 20, size: 'max' }))
  .map(([first, more]) => [first, ...more.flat().filter((act) => act !== null)]);
