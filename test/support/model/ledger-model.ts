import type { BorrowerRef } from '../borrower-ref.js';
import type { Day } from './calendar.js';
import { sundayOf } from './calendar.js';
import type { Cents } from './money.js';
import { sum } from './money.js';
import { PAYMENT_ORDER } from './categories.js';

export interface ModelDebt {
  readonly id: string;
  readonly postingId: string;
  readonly borrower: BorrowerRef;
  readonly category: string;
  readonly due: Day;
  readonly cents: Cents;
  voidedOn: Day | null;
  isDisputed: boolean;
}

export interface ModelCredit {
  readonly id: string;
  readonly kind: 'PAYMENT' | 'WRITE_OFF' | 'RECOVERY';
  readonly borrower: BorrowerRef;
  /** The Sunday of its payment week */
  readonly week: Day;
  readonly cents: Cents;
  readonly madeOn: Day;
  voidedOn: Day | null;
}

export interface ModelRefund {
  readonly id: string;
  readonly driver: number;
  readonly week: Day;
  readonly cents: Cents;
  readonly parts: readonly { readonly credit: ModelCredit; readonly cents: Cents }[];
  readonly madeOn: Day;
  voidedOn: Day | null;
}

export interface Part {
  readonly madeOn: Day;
  /** The day of the last void that had reopened the obligation by then, or null */
  readonly reopenedOn: Day | null;
  readonly credit: ModelCredit;
  readonly debt: ModelDebt;
  readonly cents: Cents;
}

export type BalanceStatus = 'OPEN' | 'CLOSED' | 'DISPUTED' | 'VOIDED';

const LEASE_FIRST = ['LEASE', ...PAYMENT_ORDER.filter((category) => category !== 'LEASE')];

/**
 * A second, simple implementation of the ledger rules. It stores which credit paid how much on which obligation and computes
 * everything else from that.
 */
export class LedgerModel {
  readonly debts: ModelDebt[] = [];
  readonly credits: ModelCredit[] = [];
  readonly refunds: ModelRefund[] = [];
  readonly parts: Part[] = [];

  constructor(public today: Day) {}

  owe(debt: Omit<ModelDebt, 'voidedOn' | 'isDisputed'>): ModelDebt {
    const made = { ...debt, voidedOn: null, isDisputed: false };
    this.debts.push(made);
    return made;
  }

  void(posting: { voidedOn: Day | null }): void {
    posting.voidedOn = this.today;
  }

  private allocate(credit: ModelCredit, debt: ModelDebt, cents: Cents): void {
    const voids = this.parts.flatMap((part) => (part.debt === debt ? (part.credit.voidedOn ?? []) : []));
    const reopenedOn = voids.length > 0 ? Math.max(...voids) : null;
    this.parts.push({ credit, debt, cents, madeOn: this.today, reopenedOn });
  }

  /** Pays the targeted obligations, then those of the lease in their order, then any obligation of the driver. */
  pay(
    credit: Omit<ModelCredit, 'voidedOn' | 'madeOn'>,
    named: readonly (readonly [ModelDebt, Cents])[] = [],
  ): ModelCredit {
    const made = { ...credit, madeOn: this.today, voidedOn: null };
    this.credits.push(made);
    for (const [debt, cents] of named) this.allocate(made, debt, cents);
    if (made.kind !== 'PAYMENT') return made;
    const ofLease = this.debts.filter(({ borrower }) => borrower.lease_id === made.borrower.lease_id);
    this.payInOrder([made], ofLease, named.length > 0 ? LEASE_FIRST : PAYMENT_ORDER);
    this.applyCredits(made.borrower.driver_id);
    return made;
  }

  /** Leaves no credit beside an obligation that it could pay. */
  applyCredits(driver: number): void {
    const isOfDriver = ({ borrower }: { borrower: BorrowerRef }) => borrower.driver_id === driver;
    this.payInOrder(this.credits.filter(isOfDriver), this.debts.filter(isOfDriver), PAYMENT_ORDER);
  }

  /** Refunds credits of the driver, the oldest first. */
  refund(id: string, driver: number, cents: Cents): void {
    const parts: { credit: ModelCredit; cents: Cents }[] = [];
    let left = cents;
    for (const credit of this.credits.filter(({ borrower }) => borrower.driver_id === driver)) {
      const part = Math.min(left, this.leftOf(credit));
      if (part > 0) parts.push({ credit, cents: part });
      left -= part;
    }
    const week = sundayOf(this.today);
    this.refunds.push({ id, driver, week, cents, parts, madeOn: this.today, voidedOn: null });
  }

  isPayable(debt: ModelDebt): boolean {
    return this.statusOf(debt) === 'OPEN' && PAYMENT_ORDER.includes(debt.category);
  }

  /** The amount that active credits have paid on the obligation, of all kinds or of one. */
  applied(debt: ModelDebt, kind?: ModelCredit['kind']): Cents {
    const active = this.parts.filter(
      ({ credit, debt: paid }) =>
        paid === debt && credit.voidedOn === null && (kind ?? credit.kind) === credit.kind,
    );
    return sum(active, ({ cents }) => cents);
  }

  /** Zero if the obligation is voided. */
  owed(debt: ModelDebt): Cents {
    return debt.voidedOn === null ? debt.cents - this.applied(debt) : 0;
  }

  statusOf(debt: ModelDebt): BalanceStatus {
    if (debt.voidedOn !== null) return 'VOIDED';
    if (this.owed(debt) === 0) return 'CLOSED';
    return debt.isDisputed ? 'DISPUTED' : 'OPEN';
  }

  refundsOf(credit: ModelCredit): ModelRefund[] {
    return this.refunds.filter(
      ({ voidedOn, parts }) => voidedOn === null && parts.some((part) => part.credit === credit),
    );
  }

  /** The unallocated amount of the payment, for obligations or a refund. */
  leftOf(credit: ModelCredit): Cents {
    if (credit.voidedOn !== null || credit.kind !== 'PAYMENT') return 0;
    const used = this.parts.filter((part) => part.credit === credit);
    const refunded = this.refunds.filter(({ voidedOn }) => voidedOn === null).flatMap(({ parts }) => parts);
    const givenBack = refunded.filter((part) => part.credit === credit);
    return credit.cents - sum([...used, ...givenBack], ({ cents }) => cents);
  }

  leftOver(driver: number): Cents {
    return sum(
      this.credits.filter(({ borrower }) => borrower.driver_id === driver),
      (credit) => this.leftOf(credit),
    );
  }

  private payInOrder(
    credits: readonly ModelCredit[],
    debts: readonly ModelDebt[],
    order: readonly string[],
  ): void {
    const queue = debts
      .filter(({ category }) => order.includes(category))
      .toSorted((one, other) => rank(one, order) - rank(other, order) || one.due - other.due);
    for (;;) {
      const credit = credits.find((each) => this.leftOf(each) > 0);
      const debt = queue.find((each) => this.statusOf(each) === 'OPEN');
      if (!credit || !debt) return;
      const cents = Math.min(this.leftOf(credit), this.owed(debt));
      this.allocate(credit, debt, cents);
    }
  }
}

function rank({ category }: ModelDebt, order: readonly string[]): number {
  return order.indexOf(category);
}
