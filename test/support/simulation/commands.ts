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

/** The commands of the model-based test. A command without a suitable item does nothing. */
const COMMANDS = {
  lend: fc.record({
    type: fc.constant('lend' as const),
    borrower,
    cents: fc.oneof(fc.integer({ min: 1, max: 400_000 }), fc.constantFrom(200_00, 200_50, 500_00, 1_500_00)),
    rate: fc.oneof(fc.nat(2_000), fc.constantFrom(0, 1_000, 2_000)),
    weeksAhead: fc.oneof(fc.constant(0), fc.nat(2), fc.nat(52)),
  }),
  wait: fc.record({
    type: fc.constant('wait' as const),
    days: fc.oneof(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 8, max: 60 })),
  }),
  run: fc.record({ type: fc.constant('run' as const) }),
  post: fc.record({
    type: fc.constant('post' as const),
    loan: fc.option(pick),
    weeksBack: fc.oneof(fc.constant(0), fc.nat(8)),
  }),
  hold: fc.record({ type: fc.constant('hold' as const), pick }),
  resume: fc.record({
    type: fc.constant('resume' as const),
    pick,
    /** Relative to the current week. Null requests no specific week. */
    week: fc.option(fc.oneof(fc.constant(0), fc.nat(6))),
    waive: fc.boolean(),
  }),
  cancel: fc.record({ type: fc.constant('cancel' as const), pick }),
  pay: fc.record({
    type: fc.constant('pay' as const),
    borrower,
    cents,
    week: fc.integer({ min: -3, max: 0 }),
  }),
  target: fc.record({
    type: fc.constant('target' as const),
    borrower,
    named: fc.uniqueArray(fc.tuple(pick, percent), {
      minLength: 1,
      maxLength: 3,
      selector: ([which]) => which,
    }),
    more: fc.oneof(fc.constant(0), fc.nat(50_000)),
  }),
  owe: fc.record({
    type: fc.constant('owe' as const),
    borrower,
    cents,
    week,
    category: fc.constantFrom('TAXES', 'LEASE', 'LOANS', 'MISC', 'DEPOSITS'),
  }),
  dispute: fc.record({ type: fc.constantFrom('dispute' as const, 'resolve' as const), pick }),
  voidDebt: fc.record({ type: fc.constant('voidDebt' as const), pick }),
  voidCredit: fc.record({ type: fc.constant('voidCredit' as const), pick }),
  refund: fc.record({
    type: fc.constant('refund' as const),
    borrower,
    percent: fc.integer({ min: 1, max: 110 }),
  }),
  voidRefund: fc.record({ type: fc.constant('voidRefund' as const), pick }),
  payOff: fc.record({
    type: fc.constant('payOff' as const),
    pick,
    /** The paid percentage of the quote. Null pays nothing. */
    paying: fc.option(fc.oneof(fc.constant(100), percent)),
  }),
  undoPayoff: fc.record({ type: fc.constant('undoPayoff' as const), pick }),
  recover: fc.record({
    type: fc.constant('recover' as const),
    pick,
    percent: fc.integer({ min: 1, max: 110 }),
  }),
  writeOff: fc.record({ type: fc.constant('writeOff' as const), pick }),
} as const;

type CommandName = keyof typeof COMMANDS;

type GeneratedBy<T> = T extends fc.Arbitrary<infer Value> ? Value : never;

export type Command = GeneratedBy<(typeof COMMANDS)[CommandName]>;

export type CommandOf<Name extends Command['type']> = Extract<Command, { type: Name }>;

/** The commands that the service can accept or reject: all except those that only move the clock or run the schedule. */
export const REQUESTING_COMMANDS: readonly Command['type'][] = [
  ...Object.keys(COMMANDS).filter((name) => name !== 'wait' && name !== 'run'),
  'resolve',
] as Command['type'][];

/** The weights of the commands that occur more often than others. */
const WEIGHTS: Partial<Record<CommandName, number>> = {
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

const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  ...Object.entries(COMMANDS).map(([name, arbitrary]) => ({
    arbitrary: arbitrary as fc.Arbitrary<Command>,
    weight: WEIGHTS[name as CommandName] ?? 1,
  })),
);

/** Common sequences that rarely occur by chance. */
const COMMON_SEQUENCES: readonly fc.Arbitrary<(Command | null)[]>[] = [
  fc.tuple(COMMANDS.hold, fc.option(COMMANDS.wait), COMMANDS.resume),
  fc.tuple(COMMANDS.lend, COMMANDS.hold, COMMANDS.resume),
  fc.tuple(COMMANDS.payOff, fc.option(COMMANDS.pay), COMMANDS.undoPayoff),
  fc.tuple(COMMANDS.run, COMMANDS.writeOff, COMMANDS.recover, fc.option(COMMANDS.voidCredit)),
  fc.tuple(COMMANDS.dispute, COMMANDS.pay, COMMANDS.dispute),
  fc.tuple(COMMANDS.pay, COMMANDS.refund, fc.option(COMMANDS.owe)),
  fc.tuple(COMMANDS.pay, COMMANDS.refund, COMMANDS.voidRefund),
  fc.tuple(COMMANDS.owe, COMMANDS.target),
  fc.tuple(COMMANDS.owe, COMMANDS.voidDebt),
];

/** A counterexample shrinks by leaving out steps, although every sequence has at least ten. */
const anyStep = fc.option(
  fc.oneof(
    { arbitrary: anyCommand.map((command) => [command]), weight: 12 },
    ...COMMON_SEQUENCES.map((arbitrary) => ({ arbitrary, weight: 1 })),
  ),
  { nil: [], freq: 30 },
);

/** Starts with a loan, because most commands need one. */
export const anyCommandSequence: fc.Arbitrary<Command[]> = fc
  .tuple(COMMANDS.lend, fc.array(anyStep, { minLength: 10, maxLength: 20, size: 'max' }))
  .map(([first, more]) => [first, ...more.flat().filter((command) => command !== null)]);
