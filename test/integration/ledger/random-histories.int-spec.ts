import fc from 'fast-check';
import { addDays, calendarDate } from '../../../src/kernel/calendar/calendar-date.js';
import { Money } from '../../../src/kernel/money/money.js';
import type { BalanceResponse } from '../../../src/modules/ledger/http/balance.response.js';
import type { StatementResponse } from '../../../src/modules/ledger/http/statement.response.js';
import type { Page } from '../../../src/platform/database/page.js';
import { aLease } from '../../support/factories.js';
import type { Account } from '../../support/ledger-client.js';
import { LedgerClient } from '../../support/ledger-client.js';
import { expectSoundBooks } from '../../support/ledger-invariants.js';
import { LedgerModel } from '../../support/ledger-model.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';

const SUNDAY = calendarDate('2025-11-02');
const WEEKS = 4;

let app: TestApp;
let ledger: LedgerClient;

beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-05T09:00:00-05:00' });
  ledger = new LedgerClient(app);
});

afterAll(() => app.close());

const dollars = (cents: number): string => (cents / 100).toFixed(2);
const sundayOf = (week: number): string => addDays(SUNDAY, 7 * week);
const saturdayOf = (week: number): string => addDays(SUNDAY, 7 * week + 6);

const cents = fc.integer({ min: 1, max: 20_000 });
const week = fc.nat(WEEKS - 1);
const which = fc.nat(20);
const anyStep = fc.oneof(
  fc.record({
    kind: fc.constant('owe' as const),
    category: fc.constantFrom('TAXES', 'LEASE', 'LOANS', 'MISC', 'DEPOSITS'),
    cents,
    week,
  }),
  fc.record({ kind: fc.constant('pay' as const), cents, week }),
  fc.record({
    kind: fc.constant('target' as const),
    picks: fc.uniqueArray(fc.tuple(which, fc.integer({ min: 1, max: 100 })), {
      minLength: 1,
      maxLength: 3,
      selector: ([pick]) => pick,
    }),
    more: fc.nat(5_000),
    week,
  }),
  fc.record({ kind: fc.constantFrom('dispute' as const, 'resolve' as const), which }),
  fc.record({ kind: fc.constantFrom('void payment' as const, 'void debt' as const), which }),
);
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

/** Any pick hits one, as long as there are any. */
const oneOf = <T>(list: readonly T[], pick: number): T | undefined => list[pick % list.length];

/** Drives the ledger and the model side by side. */
class History {
  readonly model = new LedgerModel();
  private readonly postingOf = new Map<string, string>();

  constructor(private readonly account: Account) {}

  async take(step: Step): Promise<void> {
    switch (step.kind) {
      case 'owe':
        return this.owe(step.category, step.cents, step.week);
      case 'pay': {
        const { posting } = await ledger.pay(this.account, dollars(step.cents), this.weekOf(step.week));
        this.model.pay(posting.posting_id, step.cents);
        return;
      }
      case 'target':
        return this.target(step.picks, step.more, step.week);
      case 'dispute':
      case 'resolve':
        return this.dispute(step.kind, step.which);
      case 'void payment':
        return this.voidPayment(step.which);
      case 'void debt':
        return this.voidDebt(step.which);
    }
  }

  private readonly weekOf = (index: number) => ({ payment_period_start: sundayOf(index) });

  private async owe(category: string, amount: number, index: number): Promise<void> {
    const more = { category, amount: dollars(amount), ...this.weekOf(index) };
    const balance = await ledger.owe(this.account, more);
    this.postingOf.set(balance.balance_id, balance.posting_id);
    this.model.owe(balance.balance_id, category, balance.due_date, amount);
  }

  private async target(
    picks: readonly (readonly [number, number])[],
    more: number,
    index: number,
  ): Promise<void> {
    const open = this.model.debts.filter((debt) => this.model.statusOf(debt) === 'OPEN');
    const named = picks.flatMap(([pick, percent]) => {
      const debt = oneOf(open, pick);
      return debt ? [[debt.id, Math.ceil((this.model.owed(debt) * percent) / 100)] as const] : [];
    });
    if (named.length === 0 || new Set(named.map(([id]) => id)).size < named.length) return;
    const total = named.reduce((sum, [, part]) => sum + part, more);
    const parts = named.map(([id, part]) => [id, dollars(part)] as const);
    const { posting } = await ledger.target(this.account, dollars(total), parts, this.weekOf(index));
    this.model.target(posting.posting_id, total, named);
  }

  private async dispute(step: 'dispute' | 'resolve', pick: number): Promise<void> {
    const debt = oneOf(this.model.debts, pick);
    if (!debt) return;
    const isAllowed = this.model.statusOf(debt) === (step === 'dispute' ? 'OPEN' : 'DISPUTED');
    const { status } = await ledger.tryToDispute(step, debt.id);
    expect(status).toBe(isAllowed ? 200 : 409);
    if (isAllowed) debt.isDisputed = step === 'dispute';
  }

  private async voidPayment(pick: number): Promise<void> {
    const credit = oneOf(this.model.credits, pick);
    if (!credit) return;
    expect((await ledger.tryToVoid(credit.id)).status).toBe(credit.isVoided ? 409 : 200);
    credit.isVoided = true;
  }

  private async voidDebt(pick: number): Promise<void> {
    const debt = oneOf(this.model.debts, pick);
    if (!debt) return;
    const isAllowed = this.model.statusOf(debt) === 'OPEN' && this.model.applied(debt) === 0;
    const { status } = await ledger.tryToVoid(this.postingOf.get(debt.id) ?? '');
    expect(status).toBe(isAllowed ? 200 : 409);
    if (isAllowed) debt.isVoided = true;
  }
}

async function balancesOf({ lease_id }: Account, asOf?: string) {
  const query = asOf === undefined ? '' : `&as_of=${encodeURIComponent(asOf)}`;
  const { body } = await app
    .as('FINANCE')
    .get<Page<BalanceResponse>>(`/ledger/balances?lease_id=${lease_id}&page_size=500${query}`);
  return body.items
    .map((row) => {
      const left = Money.of(row.original_amount).minus(Money.of(row.payment_applied));
      expect(row.outstanding_balance).toBe(left.toString());
      return [row.balance_id, row.payment_applied, row.status];
    })
    .sort();
}

const expected = (snapshot: ReturnType<LedgerModel['snapshot']>) =>
  snapshot.map(([id, applied, status]) => [id, dollars(applied), status]).sort();

async function statementOf(
  { driver_id, lease_id }: Account,
  index: number,
  asOf: string,
): Promise<StatementResponse> {
  const period = `driver_id=${driver_id}&lease_id=${lease_id}&period_start=${sundayOf(index)}`;
  const answer = await app
    .as('FINANCE')
    .get<StatementResponse>(`/ledger/statements?${period}&as_of=${encodeURIComponent(asOf)}`);
  expect(answer.status).toBe(200);
  return answer.body;
}

/** Every row and the totals add up, and each week finds what the one before carried forward. */
async function expectStatements(account: Account, asOf: string, debts: LedgerModel): Promise<void> {
  const forward: Record<string, string> = {};
  for (let index = 0; index <= WEEKS; index += 1) {
    const { categories, totals } = await statementOf(account, index, asOf);
    for (const row of [...categories, { category: 'in all', ...totals }]) {
      const left = Money.of(row.prior_balance)
        .plus(Money.of(row.current_charge))
        .minus(Money.of(row.payment_applied));
      expect(row.balance_forward).toBe(left.toString());
      expect(Money.ZERO.isGreaterThan(left)).toBe(false);
      expect(row.prior_balance).toBe(forward[row.category] ?? '0.00');
      forward[row.category] = row.balance_forward;
    }
    const charged = debts.debts.filter((debt) => !debt.isVoided && debt.due === saturdayOf(index));
    expect(totals.current_charge).toBe(dollars(charged.reduce((sum, debt) => sum + debt.cents, 0)));
  }
  const owed = debts.debts.filter((debt) => !debt.isVoided).reduce((sum, debt) => sum + debts.owed(debt), 0);
  expect(forward['in all']).toBe(dollars(owed));
}

describe('any history of debts, payments of both kinds, disputes and voids', () => {
  it('leaves the books as the model has them, after every step and as of every step', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 4, maxLength: 20 }), async (steps) => {
        const lease = await aLease(app);
        const account = { driver_id: lease.driver_id, lease_id: lease.id };
        const history = new History(account);
        const past: { at: string; balances: unknown }[] = [];
        for (const step of steps) {
          app.clock.set(new Date(app.clock.now().getTime() + 1_000).toISOString());
          await history.take(step);
          const balances = expected(history.model.snapshot());
          expect(await balancesOf(account)).toEqual(balances);
          expect((await ledger.owed(account)).unallocated_credit).toBe(dollars(history.model.leftOver));
          await expectSoundBooks(app.db);
          past.push({ at: app.clock.now().toISOString(), balances });
        }
        for (const { at, balances } of past) expect(await balancesOf(account, at)).toEqual(balances);
        await expectStatements(account, app.clock.now().toISOString(), history.model);
      }),
      { numRuns: 12 },
    );
  });
});
