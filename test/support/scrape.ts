import type { TestApp } from './test-app.js';

export interface Scrape {
  readonly text: string;
  /** The names of all series */
  readonly names: ReadonlySet<string>;
  /** The value of the series with at least these labels. Throws if there is no such series and no `missing` value. */
  value(name: string, labels?: object, missing?: number): number;
}

const LINE = /^([a-z_:][\w:]*)(?:\{(.*)\})? (\S+)$/gim;

/** The metrics that Prometheus reads from /metrics. */
export async function scrape({ app }: TestApp): Promise<Scrape> {
  const { statusCode, body } = await app.inject({ url: '/metrics' });
  if (statusCode !== 200) throw new Error(`/metrics answered ${statusCode}: ${body}`);
  const series = [...body.matchAll(LINE)].map(([, name, labels, value]) => ({
    name: String(name),
    labels: new Map([...(labels ?? '').matchAll(/(\w+)="([^"]*)"/g)].map(([, key, text]) => [key, text])),
    value: Number(value),
  }));
  return {
    text: body,
    names: new Set(series.map(({ name }) => name)),
    value(name, labels = {}, missing) {
      const found = series.find(
        (one) =>
          one.name === name && Object.entries(labels).every(([key, text]) => one.labels.get(key) === text),
      );
      if (found) return found.value;
      if (missing === undefined) throw new Error(`there is no ${name} ${JSON.stringify(labels)}`);
      return missing;
    },
  };
}
