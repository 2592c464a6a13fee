/** A difference between the data and its expected state. */
export interface Difference {
  /** The kind of record: POSTING, BALANCE, ALLOCATION, SEAL, CHAIN_LINK, INSTALLMENT, LOAN */
  readonly kind: string;
  /** Its public id, or its number if the record is missing */
  readonly id: string;
  readonly message: string;
  readonly expected: string | null;
  readonly actual: string | null;
}

/** Maximum number of differences listed. All are counted. */
export const DIFFERENCES_SHOWN = 1_000;

/** The findings of a verification so far, in bounded memory for any number of differences. */
export class VerificationFindings {
  private readonly counts = new Map<string, number>();
  private readonly shown: Difference[] = [];
  private total = 0;

  /** Counts checked records. Also call it with 0, so that an empty table is listed. */
  count(checked: string, records: number): void {
    this.counts.set(checked, (this.counts.get(checked) ?? 0) + records);
  }

  /** @param total the number of differences. `differences` may contain only the first ones. */
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
