/** An obligation of the model; amounts in whole cents. */
interface ModelDebt {
  readonly id: string;
  readonly category: string;
  readonly due: string;
  readonly cents: number;
  isVoided: boolean;
  isDisputed: boolean;
}

interface ModelCredit {
  readonly id: string;
  readonly cents: number;
  isVoided: boolean;
}

const ORDER = ['TAXES', 'EZPASS', 'LEASE', 'PVB', 'TLC', 'REPAIRS', 'LOANS', 'MISC'];
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/**
 * The ledger of one driver and lease said once more, as plainly as can be: it remembers who paid what on which debt, and
 * works everything out from there.
 */
export class LedgerModel {
  readonly debts: ModelDebt[] = [];
  readonly credits: ModelCredit[] = [];
  private readonly paid: { credit: ModelCredit; debt: ModelDebt; cents: number }[] = [];

  owe(id: string, category: string, due: string, cents: number): void {
    this.debts.push({ id, category, due, cents, isVoided: false, isDisputed: false });
  }

  pay(id: string, cents: number): void {
    this.credits.push({ id, cents, isVoided: false });
    this.payInOrder(this.credits, ORDER);
  }

  target(id: string, cents: number, named: readonly (readonly [debtId: string, cents: number])[]): void {
    const credit = { id, cents, isVoided: false };
    this.credits.push(credit);
    for (const [debtId, part] of named) {
      const debt = this.debts.find((each) => each.id === debtId);
      if (debt) this.paid.push({ credit, debt, cents: part });
    }
    this.payInOrder([credit], ['LEASE', ...ORDER.filter((category) => category !== 'LEASE')]);
  }

  applied(debt: ModelDebt): number {
    return sum(
      this.paid.filter((part) => part.debt === debt && !part.credit.isVoided).map(({ cents }) => cents),
    );
  }

  owed(debt: ModelDebt): number {
    return debt.cents - this.applied(debt);
  }

  statusOf(debt: ModelDebt): string {
    if (debt.isVoided) return 'VOIDED';
    if (this.owed(debt) === 0) return 'CLOSED';
    return debt.isDisputed ? 'DISPUTED' : 'OPEN';
  }

  leftOf(credit: ModelCredit): number {
    if (credit.isVoided) return 0;
    return credit.cents - sum(this.paid.filter((part) => part.credit === credit).map(({ cents }) => cents));
  }

  get leftOver(): number {
    return sum(this.credits.map((credit) => this.leftOf(credit)));
  }

  /** Balance id, cents paid on it, status; in the order of their making. */
  snapshot(): (readonly [id: string, applied: number, status: string])[] {
    return this.debts.map((debt) => [debt.id, this.applied(debt), this.statusOf(debt)] as const);
  }

  /** One step after the other: the first credit with money left pays the first debt that is open. */
  private payInOrder(credits: readonly ModelCredit[], order: readonly string[]): void {
    const queue = this.debts
      .filter((debt) => order.includes(debt.category))
      .toSorted(
        (left, right) =>
          order.indexOf(left.category) - order.indexOf(right.category) || left.due.localeCompare(right.due),
      );
    for (;;) {
      const credit = credits.find((each) => this.leftOf(each) > 0);
      const debt = queue.find((each) => this.statusOf(each) === 'OPEN');
      if (!credit || !debt) return;
      this.paid.push({ credit, debt, cents: Math.min(this.leftOf(credit), this.owed(debt)) });
    }
  }
}
