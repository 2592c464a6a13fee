/** The times of a client's counted requests, the oldest first. Those before `first` have left the window. */
interface Hits {
  times: number[];
  first: number;
}

/** The state of the window of a client after a request. */
export interface WindowState {
  /** Requests left in the window; -1 if this one is above the limit */
  readonly remaining: number;
  /** Seconds until the oldest request leaves the window, at least 1 */
  readonly reset: number;
}

/**
 * Counts the requests of each client in the last so many seconds. A request above the limit is not counted. The cost of a
 * request does not depend on how many were counted before.
 */
export class SlidingWindow {
  /** By client. The client whose latest request is the oldest comes first. */
  private readonly clients = new Map<string, Hits>();

  constructor(
    private readonly limit: number,
    private readonly seconds: number,
  ) {}

  /** Counts a request of the client. */
  count(client: string): WindowState {
    const now = performance.now();
    const start = now - this.seconds * 1_000;
    this.forgetIdle(start);
    const hits = this.clients.get(client) ?? { times: [], first: 0 };
    forgetBefore(start, hits);
    const left = this.limit - (hits.times.length - hits.first);
    if (left > 0) {
      hits.times.push(now);
      this.clients.delete(client);
      this.clients.set(client, hits);
    }
    const oldest = hits.times[hits.first] ?? now;
    return { remaining: left - 1, reset: Math.max(1, Math.ceil((oldest - start) / 1_000)) };
  }

  private forgetIdle(start: number): void {
    for (const [client, { times }] of this.clients) {
      if ((times.at(-1) ?? 0) > start) return;
      this.clients.delete(client);
    }
  }
}

/** The array is shortened when at least half of it has left the window, so that a request moves few times on average. */
function forgetBefore(start: number, hits: Hits): void {
  while ((hits.times[hits.first] ?? Infinity) <= start) hits.first += 1;
  if (hits.first * 2 < hits.times.length || hits.first === 0) return;
  hits.times = hits.times.slice(hits.first);
  hits.first = 0;
}
