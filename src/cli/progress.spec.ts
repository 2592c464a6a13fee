import { PassThrough } from 'node:stream';
import { Progress } from './progress.js';

describe('the progress of a command in a pipe', () => {
  it('is at most one line every 10 seconds', () => {
    const pipe = new PassThrough({ encoding: 'utf8' });
    let now = 0;
    const progress = new Progress(pipe, () => now);
    for (const [ms, rows] of [
      [0, 1],
      [9_999, 2],
      [10_000, 3],
      [10_001, 4],
      [19_999, 5],
      [25_000, 6],
    ] as const) {
      now = ms;
      progress.show('drivers', `${rows} rows read`);
    }
    progress.stop();
    expect(pipe.read()).toBe('drivers: 3 rows read\ndrivers: 6 rows read\n');
  });
});
