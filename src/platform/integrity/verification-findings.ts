/** Something in the books that is not as it must be. */
export interface Difference {
  /** What the record is: POSTING, BALANCE, ALLOCATION, SEAL, CHAIN_LINK, INSTALLMENT, LOAN */
  readonly kind: string;
  /** Its public id; its number where the record itself is gone */
  readonly id: string;
  readonly message: string;
  readonly expected: string | null;
  readonly actual: string | null;
}

/** How many differences are kept to be shown. All are counted. */
export const DIFFERENCES_SHOWN = 1_000;

/** What a verification has seen so far, in bounded memory however much of it is wrong. */
export class VerificationFindings {
  private readonly counts = new Map<string, number>();
  private readonly shown: Difference[] = [];
  private total = 0;

  /** Records of that name looked at; called with 0 too, so that an empty table is named. */
  count(checked: string, records: number): void {
    this.counts.set(checked, (this.counts.get(checked) ?? 0) + records);
  }

  /** @param total how many there were, of which `differences` may be only the first */
  add(differences: readonly Difference[], total: number): void {
    this.total += total;
    this.shown.push(...differences.slice(0, DIFFERENCES_SHOWN - this.shown.length));
  }

  get checked(): Record<string, number> {
    return Object.fromEntries(this.counts);
  }

  get differences(): readonly Difference[] {
    return this.shown;
  }

  get differencesTotal(): number {
    return this.total;
  }
}
