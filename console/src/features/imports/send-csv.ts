import { client } from '../../api/client';
import type { Schemas } from '../../api/client';
import { ApiProblem, FILE_UNREADABLE } from '../../api/problem';
import type { ImportKind } from './import-kinds';
import { IMPORTS } from './import-kinds';

export interface CsvImport {
  readonly content: Blob;
  /** Identifies the content: requests are compared as JSON, in which a Blob is empty */
  readonly stamp: string;
  readonly allOrNothing: boolean;
}

/**
 * Reads the file once, so that the dry run and the import have the same content. Reads bytes, not text, so that the service can
 * detect invalid UTF-8. Throws ApiProblem if the file was changed after the user chose it.
 */
export async function readCsv(file: File, allOrNothing: boolean): Promise<CsvImport> {
  const bytes = await file.arrayBuffer().catch(() => {
    throw new ApiProblem(0, FILE_UNREADABLE, '');
  });
  return {
    content: new Blob([bytes]),
    stamp: `${file.name} ${file.size} ${file.lastModified}`,
    allOrNothing,
  };
}

/** @param key undefined for a dry run */
export function sendCsv(
  kind: ImportKind,
  { content, allOrNothing }: CsvImport,
  key?: string,
): Promise<{ data?: Schemas['ImportReportResponse'] }> {
  return client.POST(IMPORTS[kind].address, {
    params: {
      query: { all_or_nothing: allOrNothing, dry_run: key === undefined },
      header: { 'Idempotency-Key': key },
    },
    headers: { 'content-type': 'text/csv' },
    // openapi.json describes the file as a string
    body: '',
    bodySerializer: () => content,
  });
}
