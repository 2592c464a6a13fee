import type { Day } from './calendar.js';
import { dateOf } from './calendar.js';
import type { LedgerModel, ModelCredit } from './ledger-model.js';
import type { Cents } from './money.js';
import { dollars, sum } from './money.js';

/** The paid amounts of an active credit by category. CREDIT is the unallocated amount, refunded or not. */
function paidBy(ledger: LedgerModel, credit: ModelCredit): [category: string, cents: Cents][] {
  if (credit.kind === 'RECOVERY') return [['LOANS', credit.cents]];
  const parts = ledger.parts.filter((part) => part.credit === credit);
  const left = credit.cents - sum(parts, ({ cents }) => cents);
  return [...parts.map(({ debt, cents }): [string, Cents] => [debt.category, cents]), ['CREDIT', left]];
}

/** The received and refunded money of these days minus voids. Received money is grouped by what it paid. */
export function receiptsOf(ledger: LedgerModel, from: Day, to: Day): Record<string, unknown> {
  const isCounted = (posting: { madeOn: Day; voidedOn: Day | null }): boolean =>
    posting.madeOn >= from && posting.madeOn <= to && posting.voidedOn === null;
  const credits = ledger.credits.filter((credit) => credit.kind !== 'WRITE_OFF' && isCounted(credit));
  const refunds = ledger.refunds.filter(isCounted);
  const refunded = sum(refunds, ({ cents }) => cents);
  const received = new Map<string, Cents>([['CREDIT', 0]]);
  for (const [category, cents] of credits.flatMap((credit) => paidBy(ledger, credit))) {
    received.set(category, (received.get(category) ?? 0) + cents);
  }
  const rows = [...received].map(([category, cents]) => ({
    category,
    received: dollars(cents),
    refunded: dollars(category === 'CREDIT' ? refunded : 0),
  }));
  return {
    from: dateOf(from),
    to: dateOf(to),
    totals: {
      receipts: credits.length,
      received: dollars(sum(credits, ({ cents }) => cents)),
      refunds: refunds.length,
      refunded: dollars(refunded),
    },
    rows: rows
      .filter((row) => row.received !== '0.00' || row.refunded !== '0.00')
      .toSorted((one, other) => one.category.localeCompare(other.category)),
  };
}
