import { client } from '../../api/client';
import type { Schemas } from '../../api/client';
import type { CsvFile } from '../../shared/forms/csv-file';
import { csvBody } from '../../shared/forms/csv-file';
import type { ImportKind } from './import-kinds';
import { IMPORTS } from './import-kinds';

export interface CsvImport extends CsvFile {
  readonly allOrNothing: boolean;
}

/** @param key undefined for a dry run */
export function sendCsv(
  kind: ImportKind,
  { allOrNothing, ...file }: CsvImport,
  key?: string,
): Promise<{ data?: Schemas['ImportReportResponse'] }> {
  return client.POST(IMPORTS[kind].address, {
    params: {
      query: { all_or_nothing: allOrNothing, dry_run: key === undefined },
      header: { 'Idempotency-Key': key },
    },
    ...csvBody(file),
  });
}
