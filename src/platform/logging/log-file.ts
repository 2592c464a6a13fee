import { createStream } from 'rotating-file-stream';

interface LogFileOptions {
  readonly folder: string;
  /** For example loans.log. Older files are loans.log.1, the newest, to loans.log.10. */
  readonly name: string;
  /** Size at which a new file begins: a number with B, K or M */
  readonly size?: `${number}${'B' | 'K' | 'M'}`;
  /** Called once if the file is not writable. Nothing is written to it afterwards. */
  readonly onError: (error: Error) => void;
}

export interface LogFile {
  write(line: string): void;
  /** Resolves when everything is written to the file. */
  close(): Promise<void>;
}

/** Number of older files to keep */
const OLDER_FILES = 10;

/** Appends lines to a rotating file. The file is a copy of the log, so its errors never stop the service. */
export function openLogFile({ folder, name, size = '10M', onError }: LogFileOptions): LogFile {
  const stream = createStream(name, { path: folder, size, rotate: OLDER_FILES, mode: 0o640 });
  let isBroken = false;
  stream.on('error', (error) => {
    isBroken = true;
    onError(error);
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
