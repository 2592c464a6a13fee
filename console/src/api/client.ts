import createClient from 'openapi-fetch';
import type { Middleware } from 'openapi-fetch';
import createQueryHooks from 'openapi-react-query';
import { refreshAccess } from './auth';
import { readProblem } from './problem';
import type { components, paths } from './schema';
import { currentToken, endSession } from './session';

export type Schemas = components['schemas'];

/** The entity tag of each record as it was last read, by its address. */
const entityTags = new Map<string, string>();

/**
 * What the record at the address looked like when it was last read, for the If-Match of a change. Take it when the form
 * opens, together with the values that the form begins with: a later reading must not make an old form look new.
 */
export function entityTagOf(address: string): string | undefined {
  return entityTags.get(address);
}

/** The one way to the API: the token goes on, a stale one is renewed once, and a refusal comes back as ApiProblem. */
export async function authorizedFetch(request: Request): Promise<Response> {
  // a body can be sent once only: the copy is for the second try
  const again = request.clone();
  const response = await fetch(withToken(request));
  if (response.status !== 401) return response;
  if (await refreshAccess()) return fetch(withToken(again));
  endSession('expired');
  return response;
}

function withToken(request: Request): Request {
  const token = currentToken();
  if (token !== null) request.headers.set('authorization', `Bearer ${token}`);
  return request;
}

const problems: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) throw await readProblem(response);
  },
};

const tags: Middleware = {
  onResponse({ request, response }) {
    const tag = response.headers.get('etag');
    if (request.method === 'GET' && tag !== null) entityTags.set(new URL(request.url).pathname, tag);
  },
};

export const client = createClient<paths>({ fetch: authorizedFetch });
client.use(tags, problems);

export const api = createQueryHooks(client);
