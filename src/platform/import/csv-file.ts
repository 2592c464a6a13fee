import { stat } from 'node:fs/promises';

/** A CSV file on the disk. It may be read more than once. */
export class CsvFile {
  constructor(
    readonly path: string,
    readonly bytes: number,
    /** Of its bytes; null where nobody asked */
    private readonly sha256: string | null = null,
  ) {}

  static async at(path: string): Promise<CsvFile> {
    return new CsvFile(path, (await stat(path)).size);
  }

  /** What stands for the file where a request is compared with another: its content. */
  toJSON(): object {
    return { sha256: this.sha256 };
  }
}
