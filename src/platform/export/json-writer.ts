import { Readable } from 'node:stream';
import type { ExportTable } from './export-table.js';
import { ExportTotals } from './export-totals.js';

const BUFFER_BYTES = 65_536;

/** One JSON object: filters and time, the items as in the list of the API, then totals and count. */
export function jsonOf(table: ExportTable): Readable {
  return Readable.from(partsOf(table), { objectMode: false, highWaterMark: BUFFER_BYTES });
}

async function* partsOf(table: ExportTable): AsyncGenerator<string> {
  const { title, madeAt: made_at, timeZone: time_zone, filters } = table;
  const head = JSON.stringify({ title, made_at, time_zone, filters });
  yield `${head.slice(0, -1)},"items":[`;
  let separator = '\n';
  let count = 0;
  const totals = new ExportTotals(table);
  for await (const items of table.items()) {
    count += items.length;
    totals.add(items);
    yield separator + items.map((item) => JSON.stringify(item)).join(',\n');
    separator = ',\n';
  }
  yield `\n],${JSON.stringify({ totals: totals.values(), count }).slice(1)}\n`;
}
