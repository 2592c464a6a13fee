import createClient from 'openapi-fetch';
import type { Middleware } from 'openapi-fetch';
import createQueryHooks from 'openapi-react-query';
import { refreshAccess } from './auth';
import { readProblem } from './problem';
import type { components, paths } from './schema';
import { currentToken, endSession } from './session';

export type Schemas = components['schemas'];

/** Sends a request with the access token. An expired token is renewed once. */
export async function authorizedFetch(request: Request): Promise<Response> {
  // a body can be sent only once: the copy is for the second attempt
  const retry = request.clone();
  const response = await fetch(withToken(request));
  if (response.status !== 401) return response;
  if (await refreshAccess()) return fetch(withToken(retry));
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

export const client = createClient<paths>({ fetch: authorizedFetch });
client.use(problems);

export const api = createQueryHooks(client);
