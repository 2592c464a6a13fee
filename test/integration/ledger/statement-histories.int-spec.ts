import fc from 'fast-check';
import { SYSTEM_ACTOR } from '../../../src/kernel/access/actor.js';
import { addDays, calendarDate } from '../../../src/kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../../../src/kernel/calendar/payment-week.js';
import { weekOf, weeksAfter } from '../../../src/kernel/calendar/payment-week.js';
import { Money } from '../../../src/kernel/money/money.js';
import { SettlementService } from '../../../src/modules/ledger/index.js';
import type { StatementResponse } from '../../../src/modules/ledger/statements/statement.response.js';
import { Transactions } from '../../../src/platform/database/transactions.js';
import { aLease } from '../../support/factories.js';
import type { BorrowerRef } from '../../support/borrower-ref.js';
import { LedgerClient } from '../../support/ledger-client.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';

const START = '2025-11-05T09:00:00-05:00';
const FIRST_WEEK = weekOf(calendarDate('2025-10-19'));
const WEEKS_AHEAD = 3;

const COLUMNS = [
  'prior_balance',
  'current_charge',
  'payment_applied',
  'adjustment',
  'balance_forward',
] as const;

let app: TestApp;
let ledger: LedgerClient;
let writeOffs = 0;

beforeAll(async () => {
  app = await startTestApp({ now: START });
  ledger = new LedgerClient(app, 'ADMIN');
});

afterAll(() => app.close());

const cents = fc.integer({ min: 1, max: 20_000 });
const which = fc.nat(20);
const anyStep = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('owe' as const),
      category: fc.constantFrom('TAXES', 'LEASE', 'MISC'),
      cents,
      week: fc.integer({ min: -2, max: WEEKS_AHEAD }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('pay' as const), cents, week: fc.integer({ min: -2, max: 0 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('write off' as const), which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('void' as const), which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('dispute' as const), which }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 8 }) }),
  },
);
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

interface OpenBalance {
  readonly balance_id: string;
  readonly outstanding_balance: string;
}

const openBalances = ({ lease_id }: BorrowerRef): Promise<OpenBalance[]> =>
  app.db.query<OpenBalance[]>(
    `SELECT balance_id, outstanding_balance FROM ledger_balances WHERE lease_id = $1 AND status = 'OPEN'
     ORDER BY posting_id`,
    [lease_id],
  );

async function writeOff(account: BorrowerRef, pick: number): Promise<void> {
  const open = await openBalances(account);
  const balance = open[pick % open.length];
  if (!balance) return;
  writeOffs += 1;
  const settlement = {
    driverId: account.driver_id,
    leaseId: account.lease_id,
    week: weekOf(calendarDate(app.clock.today())),
    sourceType: 'WRITE_OFF',
    sourceId: `WRITE-OFF-${writeOffs}`,
    description: 'Written off',
    receipt: null,
    parts: [{ balanceId: balance.balance_id, amount: Money.of(balance.outstanding_balance) }],
  };
  await app.get(Transactions).run((tx) => app.get(SettlementService).settle(tx, SYSTEM_ACTOR, settlement));
}

async function perform(account: BorrowerRef, step: Step): Promise<void> {
  const week = (ahead: number) => ({
    payment_period_start: weeksAfter(weekOf(app.clock.today()), ahead).start,
  });
  const amount = 'cents' in step ? (step.cents / 100).toFixed(2) : '';
  switch (step.kind) {
    case 'owe':
      await ledger.owe(account, { category: step.category, amount, ...week(step.week) });
      return;
    case 'pay':
      await ledger.pay(account, amount, week(step.week));
      return;
    case 'write off':
      return writeOff(account, step.which);
    case 'void': {
      const postings = await app.db.query<{ posting_id: string }[]>(
        `SELECT posting_id FROM ledger_postings WHERE lease_id = $1 AND kind <> 'VOID' AND status = 'POSTED' ORDER BY id`,
        [account.lease_id],
      );
      const posting = postings[step.which % postings.length];
      // a charge that is partly paid or disputed cannot be voided
      if (posting) await ledger.tryToVoid(posting.posting_id);
      return;
    }
    case 'dispute': {
      const open = await openBalances(account);
      const balance = open[step.which % open.length];
      if (balance) await ledger.dispute('dispute', balance.balance_id);
      return;
    }
    case 'wait':
      app.clock.advanceDays(step.days);
  }
}

/** A change of what is owed, read from the tables. `amount` is in cents and negative if less is owed. */
interface Movement {
  readonly kind: string;
  readonly category: string;
  readonly amount: number;
  /** The Sunday of the payment week of the posting */
  readonly week: string;
  /** The Sunday of the week in which it was voided */
  readonly voided: string | null;
}

async function movementsOf({ lease_id }: BorrowerRef): Promise<Movement[]> {
  const rows = await app.db.query<
    (Omit<Movement, 'week' | 'voided'> & { day: string; voided_on: string | null })[]
  >(
    `SELECT p.kind, b.category, (b.original_amount * 100)::integer AS amount, b.due_date AS day,
            (p.voided_at AT TIME ZONE 'America/New_York')::date AS voided_on
     FROM ledger_balances b JOIN ledger_postings p ON p.id = b.posting_id WHERE b.lease_id = $1
     UNION ALL
     SELECT p.kind, b.category, -(a.amount_allocated * 100)::integer,
            greatest(b.due_date, p.payment_period_start,
                     max((v.voided_at AT TIME ZONE 'America/New_York')::date) FILTER (WHERE v.voided_at <= a.allocated_at)),
            (p.voided_at AT TIME ZONE 'America/New_York')::date
     FROM payment_allocations a
     JOIN ledger_balances b USING (balance_id)
     JOIN ledger_postings p ON p.posting_id = a.payment_posting_id
     LEFT JOIN payment_allocations e ON e.balance_id = a.balance_id AND e.id < a.id
     LEFT JOIN ledger_postings v ON v.posting_id = e.payment_posting_id
     WHERE b.lease_id = $1 GROUP BY a.id, b.posting_id, p.id`,
    [lease_id],
  );
  return rows.map(({ day, voided_on, ...row }) => ({
    ...row,
    week: weekOf(calendarDate(day)).start,
    voided: voided_on && weekOf(calendarDate(voided_on)).start,
  }));
}

type Amounts = Record<(typeof COLUMNS)[number], number>;

/** The statement of the week by the rules of docs/figures.md, computed from the movements. */
function expected(movements: readonly Movement[], week: PaymentWeek): Amounts {
  const of = { prior: 0, charged: 0, paid: 0, adjusted: 0 };
  const count = (amount: number, on: string, add: () => void): void => {
    if (on < week.start) of.prior += amount;
    if (on === week.start) add();
  };
  for (const { kind, amount, week: on, voided } of movements) {
    if (voided !== null && voided <= on) continue;
    count(amount, on, () => {
      if (kind === 'CHARGE') of.charged += amount;
      else if (kind === 'PAYMENT') of.paid -= amount;
      else of.adjusted += amount;
    });
    if (voided !== null) count(-amount, voided, () => (of.adjusted -= amount));
  }
  return {
    prior_balance: of.prior,
    current_charge: of.charged,
    payment_applied: of.paid,
    adjustment: of.adjusted,
    balance_forward: of.prior + of.charged - of.paid + of.adjusted,
  };
}

const inCents = (row: Readonly<Record<(typeof COLUMNS)[number], string>>): Amounts =>
  Object.fromEntries(COLUMNS.map((column) => [column, Math.round(Number(row[column]) * 100)])) as Amounts;

async function statementOf(
  { driver_id, lease_id }: BorrowerRef,
  week: PaymentWeek,
): Promise<StatementResponse> {
  const query = `driver_id=${driver_id}&lease_id=${lease_id}&period_start=${week.start}`;
  const answer = await app.as('MANAGER').get<StatementResponse>(`/ledger/statements?${query}`);
  expect(answer.status).toBe(200);
  return answer.body;
}

/** The payment of an obligation is voided in a later week. A credit and a payment for the old week then pay it again. */
const PAID_AGAIN: [Step[]][] = [
  [
    [
      { kind: 'pay', cents: 100, week: 0 },
      { kind: 'owe', category: 'TAXES', cents: 100, week: 0 },
      { kind: 'pay', cents: 100, week: 0 },
      { kind: 'wait', days: 4 },
      { kind: 'void', which: 0 },
    ],
  ],
  [
    [
      { kind: 'owe', category: 'TAXES', cents: 100, week: 0 },
      { kind: 'pay', cents: 100, week: 0 },
      { kind: 'wait', days: 7 },
      { kind: 'void', which: 1 },
      { kind: 'pay', cents: 100, week: -1 },
    ],
  ],
];

describe('the statement of any random history', () => {
  it('counts every charge, payment, write-off and void in one week and adds up to the open amount', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 6, maxLength: 24 }), async (steps) => {
        app.clock.set(START);
        const lease = await aLease(app);
        const account = { driver_id: lease.driver_id, lease_id: lease.id };
        for (const step of steps) {
          app.clock.set(new Date(app.clock.now().getTime() + 1_000).toISOString());
          await perform(account, step);
        }
        const movements = await movementsOf(account);
        const last = addDays(weekOf(app.clock.today()).start, 7 * WEEKS_AHEAD);
        let forward = 0;
        for (let week = FIRST_WEEK; week.start <= last; week = weeksAfter(week, 1)) {
          const { categories, totals } = await statementOf(account, week);
          for (const { category, ...row } of categories) {
            const own = movements.filter((movement) => movement.category === category);
            expect({ week, category, ...inCents(row) }).toEqual({ week, category, ...expected(own, week) });
            expect(row.balance_forward).not.toMatch(/^-/);
          }
          expect(inCents(totals)).toEqual(expected(movements, week));
          expect(inCents(totals).prior_balance).toBe(forward);
          forward = inCents(totals).balance_forward;
        }
        const [owed] = await app.db.query<[{ cents: number }]>(
          `SELECT coalesce(sum(outstanding_balance) * 100, 0)::integer AS cents FROM ledger_balances
           WHERE lease_id = $1 AND status IN ('OPEN', 'DISPUTED')`,
          [account.lease_id],
        );
        expect(forward).toBe(owed.cents);
      }),
      { numRuns: 10, examples: PAID_AGAIN },
    );
    const week = weeksAfter(weekOf(app.clock.today()), 10).start;
    const file = await app
      .as('MANAGER')
      .get<{ totals: { balance_forward: string } }>(`/ledger/statements/export/json?period_start=${week}`);
    const [open] = await app.db.query<[{ sum: string }]>(
      `SELECT sum(outstanding_balance) AS sum FROM ledger_balances WHERE status IN ('OPEN', 'DISPUTED')`,
    );
    expect(file.body.totals.balance_forward).toBe(open.sum);
  }, 400_000);
});
