import type { DestinationStream } from 'pino';
import type { LogFile } from './log-file.js';

/** pino tells a stream that has this what the line was made of. */
const WANTS_METADATA = Symbol.for('pino.metadata');

interface LogStreamOptions {
  /** Gets every line from this level on: pino's number, 30 is info */
  readonly console: { readonly stream: DestinationStream; readonly fromLevel: number };
  /** Gets a copy of the lines that the logger of this context writes */
  readonly file: { readonly file: LogFile; readonly context: string };
}

/** Where the log goes: all of it to the console, and the lines of one context to a file as well. */
export class LogStream implements DestinationStream {
  readonly [WANTS_METADATA] = true;
  /** Set by pino before each line */
  lastLevel = 0;
  lastObj: object | null = null;

  constructor(private readonly options: LogStreamOptions) {}

  write(line: string): void {
    const { console, file } = this.options;
    if (this.lastLevel >= console.fromLevel) console.stream.write(line);
    if (this.lastObj !== null && Reflect.get(this.lastObj, 'context') === file.context) file.file.write(line);
  }
}
