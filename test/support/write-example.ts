/** A request that a route accepts. `path` is relative to /api/v1. */
export interface WriteExample {
  readonly path: string;
  /** A text if it is a CSV file */
  readonly body: object | string;
  /** For a POST: changes that make it another valid request. For a file: another file. */
  readonly variation?: object | string;
  readonly status: number;
}
