import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Gauge } from 'prom-client';

/** Time limit of the database for a scrape. Prometheus itself gives up after ten seconds. */
const LIMIT_MS = 4_000;
/** Scrapes within this time share one reading, so that frequent scrapes do not load the database. */
const FRESH_MS = 10_000;

/** Gauges with values from the database, so that every replica reports the same, even after a restart. */
export interface GaugeCollector {
  readonly gauges: readonly Gauge[];
  /** Reads the database and sets the gauges. */
  read(): Promise<void>;
}

/** The gauges of all modules, read when Prometheus scrapes. Only one reading runs at a time, on one connection. */
@Injectable()
export class GaugeCollectors {
  private readonly registered: GaugeCollector[] = [];
  private running: Promise<void> | null = null;
  private readAt = -Infinity;

  register(collector: GaugeCollector): void {
    this.registered.push(collector);
    clear(collector);
  }

  /**
   * Resolves within a time limit. Returns false if the database did not answer. Then the gauges are removed,
   * because an old value would look current.
   */
  async refresh(limitMs = LIMIT_MS): Promise<boolean> {
    if (performance.now() - this.readAt < FRESH_MS) return true;
    this.running ??= this.readAll().finally(() => {
      this.running = null;
    });
    const limit = new AbortController();
    const answered = this.running.then(
      () => true,
      () => false,
    );
    const timeout = delay(limitMs, false, { signal: limit.signal }).catch(() => false);
    const isRead = await Promise.race([answered, timeout]);
    limit.abort();
    if (!isRead) this.registered.forEach(clear);
    return isRead;
  }

  private async readAll(): Promise<void> {
    for (const collector of this.registered) await collector.read();
    this.readAt = performance.now();
  }
}

/** Removes the values: prom-client starts a gauge at 0, and resets it to 0. */
function clear({ gauges }: GaugeCollector): void {
  for (const gauge of gauges) {
    gauge.reset();
    gauge.remove({});
  }
}
