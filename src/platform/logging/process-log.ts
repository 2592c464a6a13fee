import path from 'node:path';
import type { DestinationStream } from 'pino';
import { prettyFactory } from 'pino-pretty';
import type { AppConfig } from '../config/app-config.js';
import { openLogFile } from './log-file.js';
import { LogStream } from './log-stream.js';

interface ProcessLogOptions {
  /** The process's stdout or stderr */
  readonly console: NodeJS.WriteStream;
  /** The least of what the console shows, as pino's number: 30 is info, 40 is a warning */
  readonly fromLevel: number;
  /** The context whose lines are copied to LOG_DIR, to the file of the same name */
  readonly filedContext: string;
}

export interface ProcessLog {
  readonly stream: DestinationStream;
  /** Returns when every line is where it belongs. */
  close(): Promise<void>;
}

/** The log of this process: JSON lines in production, readable ones elsewhere; JSON in the file. */
export function openProcessLog(config: AppConfig, options: ProcessLogOptions): ProcessLog {
  const { console, fromLevel, filedContext } = options;
  const folder = path.resolve(config.LOG_DIR);
  const file = openLogFile({
    folder,
    name: `${filedContext}.log`,
    onTrouble: ({ message }) => {
      const sentence = `Nothing more goes to ${filedContext}.log: LOG_DIR ${folder} cannot be written (${message}).`;
      const line = JSON.stringify({
        level: 40,
        time: performance.timeOrigin + performance.now(),
        msg: sentence,
      });
      console.write(config.NODE_ENV === 'production' ? `${line}\n` : `${sentence}\n`);
    },
  });
  const shown = config.NODE_ENV === 'production' ? console : pretty(console);
  return {
    stream: new LogStream({
      console: { stream: shown, fromLevel },
      file: { file, context: filedContext },
    }),
    close: () => file.close(),
  };
}

/** Lines for people. */
function pretty(console: NodeJS.WriteStream): DestinationStream {
  const format = prettyFactory({
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'pid,hostname,context',
    colorize: console.isTTY,
  });
  return { write: (line) => void console.write(format(line)) };
}
