import { createStream } from 'rotating-file-stream';

interface LogFileOptions {
  readonly folder: string;
  /** Such as loans.log; the files before it are loans.log.1, the latest, to loans.log.10 */
  readonly name: string;
  /** At which the file is begun anew: a number with B, K or M */
  readonly size?: `${number}${'B' | 'K' | 'M'}`;
  /** Called once, where the file cannot be written; nothing is written to it from then on */
  readonly onTrouble: (error: Error) => void;
}

export interface LogFile {
  write(line: string): void;
  /** Returns when all that was written is in the file. */
  close(): Promise<void>;
}

/** Old files that are kept beside the one that is written */
const KEPT_FILES = 10;

/** Appends lines to a file that is begun anew at a size. It is a copy of the log: no trouble with it stops the service. */
export function openLogFile({ folder, name, size = '10M', onTrouble }: LogFileOptions): LogFile {
  const stream = createStream(name, { path: folder, size, rotate: KEPT_FILES, mode: 0o640 });
  let isBroken = false;
  stream.on('error', (error) => {
    isBroken = true;
    onTrouble(error);
  });
  return {
    write(line) {
      if (!isBroken) stream.write(line);
    },
    close: () =>
      new Promise((resolve) => {
        if (isBroken) resolve();
        else stream.end(() => resolve());
      }),
  };
}
