import type { DestinationStream } from 'pino';
import type { LogFile } from './log-file.js';

/** With this property pino sets the level and the object of each line on the stream. */
const WANTS_METADATA = Symbol.for('pino.metadata');

interface LogStreamOptions {
  /** Receives every line of this level or higher. Levels are numbers of pino: 30 is info. */
  readonly console: { readonly stream: DestinationStream; readonly fromLevel: number };
  /** Receives a copy of the lines with this logger context */
  readonly file: { readonly file: LogFile; readonly context: string };
}

/** Writes the log to the console, and the lines of one context also to a file. */
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
