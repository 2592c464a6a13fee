/** A violation of the rules of the books. */
export interface DifferenceView {
  readonly kind: string;
  readonly id: string;
  readonly message: string;
  readonly expected: string | null;
  readonly actual: string | null;
}

/** The result of a verification of the books. */
export interface VerificationView {
  readonly ok: boolean;
  readonly checked: Record<string, number>;
  readonly differences_total: number;
  readonly differences: DifferenceView[];
  readonly chain_head: string | null;
}
