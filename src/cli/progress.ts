import { MultiBar, Presets } from 'cli-progress';
import type { SingleBar } from 'cli-progress';

/** The least time between two lines, so that the log of a scheduled command stays short. */
const LINE_INTERVAL_MS = 10_000;

const WITH_SHARE = '{part} {bar} {percentage} % · {text}';
const WITHOUT_SHARE = '{part} {text}';

/**
 * Shows on stderr how far a long command is. On a terminal each part has a line that changes. In a pipe or a file there
 * is at most one line every 10 seconds, so a short command prints nothing.
 */
export class Progress {
  private readonly lines = new Map<string, SingleBar>();
  private readonly terminal: MultiBar | null;
  private lastLineAt: number;

  constructor(
    private readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean } = process.stderr,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.terminal = output.isTTY
      ? new MultiBar({ stream: output, hideCursor: true }, Presets.shades_classic)
      : null;
    this.lastLineAt = now();
  }

  /**
   * @param text how far the part is, for example `5000 of 10000`
   * @param share the completed share of the part, from 0 to 1; omit it if it is unknown
   */
  show(part: string, text: string, share?: number): void {
    if (this.terminal) this.update(this.terminal, part, text, share);
    else if (this.now() - this.lastLineAt >= LINE_INTERVAL_MS) {
      this.lastLineAt = this.now();
      this.output.write(`${part}: ${text}\n`);
    }
  }

  /** Restores the terminal. Must also be called if the command fails. */
  stop(): void {
    this.terminal?.stop();
  }

  private update(terminal: MultiBar, part: string, text: string, share?: number): void {
    const format = share === undefined ? WITHOUT_SHARE : WITH_SHARE;
    const line = this.lines.get(part) ?? terminal.create(1, 0, { part, text }, { format });
    this.lines.set(part, line);
    line.update(share ?? 0, { text });
  }
}
