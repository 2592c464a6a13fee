import { saveFile } from './save-file';
import { authorizedFetch } from '../api/client';
import { asProblem, readProblem } from '../api/problem';

/** A file contains all records that match the filters, so it is not paged. */
const PAGING_PARAMETERS = ['page', 'page_size'];

/** Saves the answer as a file and returns the file name, which the service chooses. Throws ApiProblem. */
export async function download(
  address: string,
  query: Readonly<Record<string, string | number | undefined>> = {},
): Promise<string> {
  const url = new URL(address, window.location.origin);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && !PAGING_PARAMETERS.includes(name)) url.searchParams.set(name, `${value}`);
  }
  const response = await authorizedFetch(new Request(url)).catch((error: unknown) => {
    throw asProblem(error);
  });
  if (!response.ok) throw await readProblem(response);
  const name = fileNameOf(response) ?? address.split('/').slice(-2).join('.');
  saveFile(name, await response.blob());
  return name;
}

function fileNameOf(response: Response): string | undefined {
  return /filename="?([^";]+)"?/.exec(response.headers.get('content-disposition') ?? '')?.[1];
}
