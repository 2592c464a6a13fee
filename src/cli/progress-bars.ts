import { MultiBar, Presets } from 'cli-progress';
import type { SingleBar } from 'cli-progress';

/** Shows on stderr how far the parts of a long command are: bars on a terminal, a line at each step elsewhere. */
export class ProgressBars {
  private readonly bars = new Map<string, SingleBar>();
  private readonly screen = process.stderr.isTTY
    ? new MultiBar(
        { stream: process.stderr, format: '{what} {bar} {value} of {total}' },
        Presets.shades_classic,
      )
    : null;

  readonly show = (what: string, done: number, total: number): void => {
    if (!this.screen) {
      process.stderr.write(`${what}: ${done} of ${total}\n`);
      return;
    }
    const bar = this.bars.get(what) ?? this.screen.create(total, 0, { what: what.padEnd(8) });
    this.bars.set(what, bar);
    bar.update(done);
  };

  /** Gives the terminal back, also where the command failed. */
  stop(): void {
    this.screen?.stop();
  }
}
