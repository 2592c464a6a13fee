import { PASSWORD } from './console-server.js';

export interface Call {
  /** The part of a demo address before the @ */
  readonly user?: string;
  readonly password?: string;
  /** POST by default if there is a body */
  readonly method?: 'POST' | 'PATCH' | 'PUT';
  readonly body?: object;
}

/** Calls the API as a user who signs in for this call. Throws if the API rejects it. */
export async function callApi<T>(url: string, path: string, call: Call = {}): Promise<T> {
  const { user = 'finance', password = PASSWORD, body, method = body ? 'POST' : 'GET' } = call;
  const send = async (at: string, init: RequestInit): Promise<unknown> => {
    const answer = await fetch(`${url}/api/v1${at}`, init);
    if (!answer.ok) throw new Error(`${at} was refused: ${await answer.text()}`);
    return answer.status === 204 ? undefined : answer.json();
  };
  const json = { 'content-type': 'application/json' };
  const login = JSON.stringify({ email: `${user}@demo.local`, password });
  const session = await send('/auth/login', { method: 'POST', headers: json, body: login });
  const authorization = `Bearer ${(session as { access_token: string }).access_token}`;
  const headers = { authorization, ...(body && json) };
  return (await send(path, { method, headers, body: body && JSON.stringify(body) })) as T;
}
