/** Something in the books that is not as it must be. */
export interface DifferenceView {
  readonly kind: string;
  readonly id: string;
  readonly message: string;
  readonly expected: string | null;
  readonly actual: string | null;
}

/** Whether the books agree with themselves. */
export interface VerificationView {
  readonly ok: boolean;
  readonly checked: Record<string, number>;
  readonly differences_total: number;
  readonly differences: DifferenceView[];
  readonly chain_head: string | null;
}
