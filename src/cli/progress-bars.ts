import { MultiBar, Presets } from 'cli-progress';
import type { SingleBar } from 'cli-progress';

/** Shows the progress of a long command on stderr: one bar per part on a terminal, otherwise one line per step. */
export class ProgressBars {
  private readonly bars = new Map<string, SingleBar>();
  private readonly screen = process.stderr.isTTY
    ? new MultiBar(
        { stream: process.stderr, format: '{part} {bar} {value} of {total}' },
        Presets.shades_classic,
      )
    : null;

  readonly show = (part: string, done: number, total: number): void => {
    if (!this.screen) {
      process.stderr.write(`${part}: ${done} of ${total}\n`);
      return;
    }
    const bar = this.bars.get(part) ?? this.screen.create(total, 0, { part: part.padEnd(8) });
    this.bars.set(part, bar);
    bar.update(done);
  };

  /** Restores the terminal. Must also be called if the command fails. */
  stop(): void {
    this.screen?.stop();
  }
}
