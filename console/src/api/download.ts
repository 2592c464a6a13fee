import { saveFile } from '../shared/save-file';
import { authorizedFetch } from './client';
import { asProblem, readProblem } from './problem';

/** Paging belongs to the page on the screen: a file holds all that the filters match. */
const NOT_IN_FILES = ['page', 'page_size'];

/** Saves the answer as a file under the name that the service gives it, which it answers. Throws ApiProblem. */
export async function download(
  address: string,
  query: Readonly<Record<string, string | number | undefined>> = {},
): Promise<string> {
  const url = new URL(address, window.location.origin);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && !NOT_IN_FILES.includes(name)) url.searchParams.set(name, `${value}`);
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
