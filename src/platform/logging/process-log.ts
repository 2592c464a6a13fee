import path from 'node:path';
import type { DestinationStream } from 'pino';
import { prettyFactory } from 'pino-pretty';
import type { AppConfig } from '../config/app-config.js';
import { openLogFile } from './log-file.js';
import { LogStream } from './log-stream.js';

interface ProcessLogOptions {
  /** stdout or stderr of the process */
  readonly console: NodeJS.WriteStream;
  /** The lowest level on the console, as a number of pino: 30 is info, 40 is a warning */
  readonly fromLevel: number;
  /** The lines with this context are copied to a file of the same name in LOG_DIR */
  readonly fileContext: string;
}

export interface ProcessLog {
  readonly stream: DestinationStream;
  /** Resolves when every line is written. */
  close(): Promise<void>;
}

/** The log of this process: JSON lines in production, readable lines otherwise. The file always contains JSON. */
export function openProcessLog(config: AppConfig, options: ProcessLogOptions): ProcessLog {
  const { console, fromLevel, fileContext } = options;
  const folder = path.resolve(config.LOG_DIR);
  const file = openLogFile({
    folder,
    name: `${fileContext}.log`,
    onError: ({ message }) => {
      const sentence = `Logging to ${fileContext}.log has stopped: LOG_DIR ${folder} is not writable (${message}).`;
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
      file: { file, context: fileContext },
    }),
    close: () => file.close(),
  };
}

/** Formats lines for people. */
function pretty(console: NodeJS.WriteStream): DestinationStream {
  const format = prettyFactory({
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'pid,hostname,context',
    colorize: console.isTTY,
  });
  return { write: (line) => void console.write(format(line)) };
}
