/**
 * Lets callers who ask for the same key share one read. While a read runs, callers wait for the next one: a read serves only
 * callers who asked before it began, so no caller gets a result older than the question.
 */
export class SharedReads<T> {
  private readonly running = new Map<string, Promise<unknown>>();
  private readonly next = new Map<string, Promise<T>>();

  /** @param read must run to its end even if the client of one caller disconnects, because the others need it */
  get(key: string, read: () => Promise<T>): Promise<T> {
    const next = this.next.get(key);
    if (next) return next;
    const running = this.running.get(key);
    if (!running) return this.start(key, read);
    const result = running.then(() => this.start(key, read));
    this.next.set(key, result);
    return result;
  }

  private start(key: string, read: () => Promise<T>): Promise<T> {
    this.next.delete(key);
    const result = read();
    const ended = result.then(
      () => this.end(key),
      () => this.end(key),
    );
    this.running.set(key, ended);
    return result;
  }

  private end(key: string): void {
    this.running.delete(key);
  }
}
