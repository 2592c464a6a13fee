import { setTimeout as after } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Gauge } from 'prom-client';

/** How long a scrape waits for the database; Prometheus itself gives up after ten seconds. */
const LIMIT_MS = 4_000;
/** Scrapes that come closer together than this share one reading, so that no number of them loads the database. */
const FRESH_MS = 10_000;

/** Gauges whose truth is in the database: so every replica says the same, also after a restart. */
export interface GaugeCollector {
  readonly gauges: readonly Gauge[];
  /** Asks the database and sets the gauges. */
  read(): Promise<void>;
}

/** The modules' gauges that are read when Prometheus asks. One reading is under way at a time, on one connection. */
@Injectable()
export class GaugeCollectors {
  private readonly registered: GaugeCollector[] = [];
  private underWay: Promise<void> | null = null;
  private readAt = -Infinity;

  register(reading: GaugeCollector): void {
    this.registered.push(reading);
    forget(reading);
  }

  /**
   * Returns within a bounded time. False where the database did not answer: then the gauges are absent, since an old
   * number would pass for a new one.
   */
  async refresh(limitMs = LIMIT_MS): Promise<boolean> {
    if (performance.now() - this.readAt < FRESH_MS) return true;
    this.underWay ??= this.readAll().finally(() => {
      this.underWay = null;
    });
    const limit = new AbortController();
    const answered = this.underWay.then(
      () => true,
      () => false,
    );
    const late = after(limitMs, false, { signal: limit.signal }).catch(() => false);
    const isRead = await Promise.race([answered, late]);
    limit.abort();
    if (!isRead) this.registered.forEach(forget);
    return isRead;
  }

  private async readAll(): Promise<void> {
    for (const reading of this.registered) await reading.read();
    this.readAt = performance.now();
  }
}

/** prom-client would start a gauge at 0, and set it back to 0. */
function forget({ gauges }: GaugeCollector): void {
  for (const gauge of gauges) {
    gauge.reset();
    gauge.remove({});
  }
}
