/** A random number generator (Mulberry32, 32 bits of state) that repeats its sequence for the same seed. */
export class SeededRandom {
  private state: number;

  constructor(seed: string) {
    // FNV-1a, so that similar seeds give unrelated sequences
    this.state = [...seed].reduce(
      (hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16_777_619),
      -2_128_831_035,
    );
  }

  /** An integer from `min` to `max`, both included. */
  between(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  oneOf<T>(choices: readonly T[]): T {
    const chosen = choices[this.between(0, choices.length - 1)];
    if (chosen === undefined) throw new RangeError('there are no choices');
    return chosen;
  }

  /** One of the choices, with a probability proportional to its share. */
  byShare<T extends { readonly share: number }>(choices: readonly T[]): T {
    let left = this.between(
      1,
      choices.reduce((sum, { share }) => sum + share, 0),
    );
    const chosen = choices.find(({ share }) => (left -= share) <= 0);
    if (!chosen) throw new RangeError('there are no choices');
    return chosen;
  }

  /** True with a probability of `percent`. */
  happens(percent: number): boolean {
    return this.next() * 100 < percent;
  }

  /** A number from 0 (included) to 1 (excluded). */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
}
