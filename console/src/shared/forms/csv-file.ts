import { ApiProblem, FILE_UNREADABLE } from '../../api/problem';

/** The content of a chosen file, as it was when it was read. */
export interface CsvFile {
  readonly content: Blob;
  /** Identifies the content: requests are compared as JSON, in which a Blob is empty */
  readonly stamp: string;
}

/**
 * Reads the file once, so that the dry run and the write have the same content. Reads bytes, not text, so that the service can
 * detect invalid UTF-8. Throws ApiProblem if the file was changed after the user chose it.
 */
export async function readCsv(file: File): Promise<CsvFile> {
  const bytes = await file.arrayBuffer().catch(() => {
    throw new ApiProblem(0, FILE_UNREADABLE, '');
  });
  return { content: new Blob([bytes]), stamp: `${file.name} ${file.size} ${file.lastModified}` };
}

/** The part of a request whose body is the file. openapi.json describes the file as a string. */
export const csvBody = ({ content }: CsvFile) => ({
  headers: { 'content-type': 'text/csv' },
  body: '',
  bodySerializer: () => content,
});

/** A file that the service would reject. The file type of the browser is unreliable. */
export function fileErrorOf({ name, size }: File): 'notCsv' | 'empty' | null {
  if (!/\.csv$/i.test(name)) return 'notCsv';
  return size === 0 ? 'empty' : null;
}
