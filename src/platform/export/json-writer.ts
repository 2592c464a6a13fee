import { Readable } from 'node:stream';
import type { ExportTable } from './export-table.js';

const BUFFER_BYTES = 65_536;

/** One JSON object: filters and time, the items as in the list of the API, then totals and count. */
export function jsonOf(table: ExportTable<object>): Readable {
  return Readable.from(partsOf(table), { objectMode: false, highWaterMark: BUFFER_BYTES });
}

async function* partsOf(table: ExportTable<object>): AsyncGenerator<string> {
  const { title, madeAt: made_at, timeZone: time_zone, filters } = table;
  const head = JSON.stringify({ title, made_at, time_zone, filters });
  yield `${head.slice(0, -1)},"items":[`;
  let separator = '\n';
  for await (const items of table.rows()) {
    yield separator + items.map((item) => JSON.stringify(item)).join(',\n');
    separator = ',\n';
  }
  const { sums: totals, rows: count } = await table.totals();
  yield `\n],${JSON.stringify({ totals, count }).slice(1)}\n`;
}
