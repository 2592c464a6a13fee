import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { stat } from 'node:fs/promises';

/** A CSV file on the disk. It may be read more than once. */
export class CsvFile {
  private constructor(
    /** Its content from the first byte on, as often as it is called */
    readonly read: () => AsyncIterable<Buffer>,
    readonly bytes: number,
    /** Of its bytes; null where nobody asked */
    private readonly sha256: string | null,
  ) {}

  static async at(path: string): Promise<CsvFile> {
    return new CsvFile(() => createReadStream(path) as AsyncIterable<Buffer>, (await stat(path)).size, null);
  }

  /** A file that is open already, and stays open after it is read. */
  static of(handle: FileHandle, bytes: number, sha256: string): CsvFile {
    const read = () => handle.createReadStream({ start: 0, autoClose: false }) as AsyncIterable<Buffer>;
    return new CsvFile(read, bytes, sha256);
  }

  /** What stands for the file where a request is compared with another: its content. */
  toJSON(): object {
    return { sha256: this.sha256 };
  }
}
