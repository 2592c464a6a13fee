import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { stat } from 'node:fs/promises';

/** A CSV file on disk. It can be read more than once. */
export class CsvFile {
  private constructor(
    /** Reads the content from the first byte on each call */
    readonly read: () => AsyncIterable<Buffer>,
    readonly bytes: number,
    /** Hash of the content. Null if not computed. */
    private readonly sha256: string | null,
  ) {}

  static async at(path: string): Promise<CsvFile> {
    return new CsvFile(() => createReadStream(path) as AsyncIterable<Buffer>, (await stat(path)).size, null);
  }

  /** An open file. It stays open after reading. */
  static of(handle: FileHandle, bytes: number, sha256: string): CsvFile {
    const read = () => handle.createReadStream({ start: 0, autoClose: false }) as AsyncIterable<Buffer>;
    return new CsvFile(read, bytes, sha256);
  }

  /** Represents the file by its content when two requests are compared. */
  toJSON(): object {
    return { sha256: this.sha256 };
  }
}
