import { client } from '../../api/client';
import type { Schemas } from '../../api/client';
import { ApiProblem, FILE_UNREADABLE } from '../../api/problem';
import type { ImportKind } from './import-kinds';
import { IMPORTS } from './import-kinds';

export interface ImportOrder {
  readonly content: Blob;
  /** Tells one content from another: a Blob says nothing of itself where orders are compared */
  readonly stamp: string;
  readonly allOrNothing: boolean;
}

/**
 * Takes the content of the file once, so that what is tried is what is imported. The bytes, not the text: only the service
 * can tell that they are no UTF-8. Throws ApiProblem where the file was changed after it was chosen.
 */
export async function orderOf(file: File, allOrNothing: boolean): Promise<ImportOrder> {
  const bytes = await file.arrayBuffer().catch(() => {
    throw new ApiProblem(0, FILE_UNREADABLE, '');
  });
  return {
    content: new Blob([bytes]),
    stamp: `${file.name} ${file.size} ${file.lastModified}`,
    allOrNothing,
  };
}

/** @param key none for a dry run */
export function sendCsv(
  kind: ImportKind,
  { content, allOrNothing }: ImportOrder,
  key?: string,
): Promise<{ data?: Schemas['ImportReportResponse'] }> {
  return client.POST(IMPORTS[kind].address, {
    params: {
      query: { all_or_nothing: allOrNothing, dry_run: key === undefined },
      header: { 'Idempotency-Key': key },
    },
    headers: { 'content-type': 'text/csv' },
    // the API's document can call a file nothing but a string
    body: '',
    bodySerializer: () => content,
  });
}
