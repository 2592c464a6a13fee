import type { BorrowerRef } from '../borrower-ref.js';
import type { Day } from './calendar.js';
import { saturdayOf } from './calendar.js';
import type { LedgerModel, Part } from './ledger-model.js';
import type { Cents } from './money.js';
import { dollars, sum } from './money.js';

export type StatementRow = Record<
  'prior_balance' | 'current_charge' | 'payment_applied' | 'adjustment' | 'balance_forward',
  string
>;

interface Entry {
  readonly category: string;
  readonly on: Day;
  readonly column: 'charge' | 'payment' | 'adjustment';
  /** The change of the amount owed */
  readonly cents: Cents;
}

/**
 * An obligation counts on its due date. Its payment counts in its payment week, but never before the obligation and never
 * before the void that had reopened the obligation.
 */
const countsOn = ({ debt, credit, reopenedOn }: Pick<Part, 'debt' | 'credit' | 'reopenedOn'>): Day =>
  Math.max(debt.due, credit.week, reopenedOn ?? debt.due);

/** A posting that was voided in its own week never counts. A later void is an adjustment of that later week. */
function counted(entry: Entry, voidedOn: Day | null): Entry[] {
  if (voidedOn === null) return [entry];
  if (voidedOn <= saturdayOf(entry.on)) return [];
  return [entry, { ...entry, on: voidedOn, column: 'adjustment', cents: -entry.cents }];
}

/** Every change of the amount that the lease owes. */
function entriesOf(ledger: LedgerModel, lease: number): Entry[] {
  const isOfLease = ({ borrower }: { borrower: BorrowerRef }): boolean => borrower.lease_id === lease;
  const charges = ledger.debts.filter(isOfLease).flatMap(({ category, due: on, cents, voidedOn }) => {
    return counted({ category, on, column: 'charge', cents }, voidedOn);
  });
  const settled = ledger.parts
    .filter(({ debt }) => isOfLease(debt))
    .flatMap(({ debt, credit, cents, reopenedOn }) => {
      const column = credit.kind === 'WRITE_OFF' ? 'adjustment' : 'payment';
      const entry = {
        category: debt.category,
        on: countsOn({ debt, credit, reopenedOn }),
        column,
        cents: -cents,
      } as const;
      return counted(entry, credit.voidedOn);
    });
  return [...charges, ...settled];
}

/** The statement of a lease for a week: a row for each category with any entry, and the totals. */
export function statementOf(
  ledger: LedgerModel,
  lease: number,
  week: Day,
): { rows: Map<string, StatementRow>; totals: StatementRow } {
  const entries = entriesOf(ledger, lease).filter(({ on }) => on <= week + 6);
  const ofCategory = (wanted: string): Entry[] => entries.filter(({ category }) => category === wanted);
  const categories = new Set(entries.map(({ category }) => category));
  return {
    rows: new Map([...categories].map((category) => [category, rowOf(ofCategory(category), week)])),
    totals: rowOf(entries, week),
  };
}

function rowOf(entries: readonly Entry[], week: Day): StatementRow {
  const prior = sum(
    entries.filter(({ on }) => on < week),
    ({ cents }) => cents,
  );
  const inWeek = (column: Entry['column']): Cents =>
    sum(
      entries.filter((entry) => entry.on >= week && entry.column === column),
      ({ cents }) => cents,
    );
  const [charge, payment, adjustment] = [inWeek('charge'), -inWeek('payment'), inWeek('adjustment')];
  return {
    prior_balance: dollars(prior),
    current_charge: dollars(charge),
    payment_applied: dollars(payment),
    adjustment: dollars(adjustment),
    balance_forward: dollars(prior + charge - payment + adjustment),
  };
}

/** The unallocated credit of the driver at the end of the week, with the obligations and refunds that counted by then. */
export function creditAtEndOf(ledger: LedgerModel, driver: number, week: Day): Cents {
  const end = week + 6;
  const countsAtEnd = (posting: { week: Day; voidedOn: Day | null }): boolean =>
    posting.week <= end && (posting.voidedOn === null || posting.voidedOn > end);
  const payments = ledger.credits.filter(
    (credit) => credit.kind === 'PAYMENT' && credit.borrower.driver_id === driver && countsAtEnd(credit),
  );
  const used = ledger.parts.filter(
    (part) => payments.includes(part.credit) && Math.min(part.madeOn, countsOn(part)) <= end,
  );
  const refunds = ledger.refunds.filter((refund) => refund.driver === driver && countsAtEnd(refund));
  return sum(payments, ({ cents }) => cents) - sum([...used, ...refunds], ({ cents }) => cents);
}

/** The recoveries of the lease in the week minus the voids of earlier recoveries. */
export function recoveredIn(ledger: LedgerModel, lease: number, week: Day): Cents {
  const entries = ledger.credits
    .filter(({ kind, borrower }) => kind === 'RECOVERY' && borrower.lease_id === lease)
    .flatMap(({ week: on, cents, voidedOn }) =>
      counted({ category: 'LOANS', on, column: 'payment', cents }, voidedOn),
    );
  return sum(
    entries.filter(({ on }) => on >= week && on <= week + 6),
    ({ cents }) => cents,
  );
}
