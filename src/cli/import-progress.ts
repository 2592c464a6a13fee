import { Presets, SingleBar } from 'cli-progress';

const ROWS_PER_LINE = 10_000;

/** Shows the progress of an import on stderr: a bar on a terminal, otherwise a line every 10,000 rows. */
export class ImportProgress {
  private readonly bar: SingleBar | null;
  private lastLine = 0;

  constructor(
    private readonly kind: string,
    bytes: number,
  ) {
    this.bar = process.stderr.isTTY
      ? new SingleBar(
          {
            format: `${kind} {bar} {percentage} % · {rows} rows · {duration_formatted}`,
            stream: process.stderr,
            hideCursor: true,
          },
          Presets.shades_classic,
        )
      : null;
    this.bar?.start(Math.max(bytes, 1), 0, { rows: 0 });
  }

  advance(rows: number, bytes: number): void {
    this.bar?.update(bytes, { rows });
    if (this.bar || Math.floor(rows / ROWS_PER_LINE) === Math.floor(this.lastLine / ROWS_PER_LINE)) return;
    this.lastLine = rows;
    process.stderr.write(`${this.kind}: ${rows} rows read\n`);
  }

  stop(): void {
    this.bar?.stop();
  }
}
