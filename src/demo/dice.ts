/** Draws that look random, and are the same again for the same name: those of Mulberry32 (32 bits of state). */
export class Dice {
  private state: number;

  constructor(name: string) {
    // FNV-1a, so that names which differ little have nothing in common
    this.state = [...name].reduce(
      (hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16_777_619),
      -2_128_831_035,
    );
  }

  /** A whole number from the least to the most, both included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  oneOf<T>(choices: readonly T[]): T {
    const chosen = choices[this.between(0, choices.length - 1)];
    if (chosen === undefined) throw new RangeError('there is nothing to choose from');
    return chosen;
  }

  /** One of them, each as often as its share of all shares. */
  byShare<T extends { readonly share: number }>(choices: readonly T[]): T {
    let left = this.between(
      1,
      choices.reduce((sum, { share }) => sum + share, 0),
    );
    const chosen = choices.find(({ share }) => (left -= share) <= 0);
    if (!chosen) throw new RangeError('there is nothing to choose from');
    return chosen;
  }

  /** Whether it happens, where it does in so many of a hundred cases. */
  happens(percent: number): boolean {
    return this.next() * 100 < percent;
  }

  /** From 0 up to 1. */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
}
