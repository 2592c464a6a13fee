import { PASSWORD } from './console-server.js';
import type { ConsoleServer } from './console-server.js';

export async function tokenOf({ url }: ConsoleServer, user: string): Promise<string> {
  const login = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${user}@demo.local`, password: PASSWORD }),
  });
  return ((await login.json()) as { access_token: string }).access_token;
}

/** What the API says, asked beside the console. */
export async function askApi<T>(server: ConsoleServer, path: string, user = 'finance'): Promise<T> {
  const headers = { authorization: `Bearer ${await tokenOf(server, user)}` };
  return (await (await fetch(`${server.url}/api/v1${path}`, { headers })).json()) as T;
}
