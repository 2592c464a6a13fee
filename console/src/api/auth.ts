import { asProblem, readProblem } from './problem';
import { beginSession, currentSession, currentToken, endSession, setAccessToken } from './session';
import type { Profile } from './session';

const AUTH = '/api/v1/auth';

/** The refresh token comes and goes in an httpOnly cookie. */
const BY_COOKIE = { session: 'cookie' };

/** Says only that this browser may hold a session cookie, which no script can see: without it there is nothing to ask for. */
const MAYBE_SIGNED_IN = 'driver-loans.signed-in';

/** A used refresh token ends its session: over all tabs of the browser one refresh runs at a time. */
const REFRESH_LOCK = 'driver-loans-refresh';

let refreshing: Promise<boolean> | null = null;

export async function signIn(email: string, password: string): Promise<void> {
  const answer = await call<{ access_token: string }>('POST', '/login', {
    email,
    password,
    ...BY_COOKIE,
  });
  setAccessToken(answer.access_token);
  localStorage.setItem(MAYBE_SIGNED_IN, 'yes');
  beginSession(await call<Profile>('GET', '/me'));
}

/** The session that a cookie of an earlier page still holds. */
export async function restoreSession(): Promise<void> {
  if (localStorage.getItem(MAYBE_SIGNED_IN) !== null && (await refreshAccess())) return;
  endSession('signed-out');
}

/** A new access token for the session's cookie: true where there is one, and the request that needed it may be repeated. */
export function refreshAccess(): Promise<boolean> {
  refreshing ??= lockedRefresh().finally(() => (refreshing = null));
  return refreshing;
}

export async function signOut(everywhere = false): Promise<void> {
  await call('POST', everywhere ? '/logout-everywhere' : '/logout', everywhere ? {} : BY_COOKIE);
  forget();
  endSession('signed-out');
}

export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await call('POST', '/password', { current_password: currentPassword, new_password: newPassword });
  beginSession(await call<Profile>('GET', '/me'));
}

/** Nothing was heard from the user for too long: the session ends here and at the service. */
export async function signOutIdle(): Promise<void> {
  await call('POST', '/logout', BY_COOKIE).catch(() => undefined);
  forget();
  endSession('expired');
}

function forget(): void {
  localStorage.removeItem(MAYBE_SIGNED_IN);
}

async function lockedRefresh(): Promise<boolean> {
  // pages of another origin than https or localhost have no locks
  if (!('locks' in navigator)) return refresh();
  return navigator.locks.request(REFRESH_LOCK, refresh);
}

async function refresh(): Promise<boolean> {
  try {
    const { access_token } = await call<{ access_token: string }>('POST', '/refresh', BY_COOKIE);
    setAccessToken(access_token);
    if (currentSession().status !== 'signed-in') beginSession(await call<Profile>('GET', '/me'));
    return true;
  } catch (error) {
    // where the service is away the session may still live: the request that failed says so
    if (asProblem(error).status === 401) forget();
    return false;
  }
}

/** Apart from the client for everything else, which calls this one when it is refused. */
async function call<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
  const token = currentToken();
  const response = await fetch(AUTH + path, {
    method,
    credentials: 'same-origin',
    headers: {
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(token !== null ? { authorization: `Bearer ${token}` } : {}),
    },
    body: body ? JSON.stringify(body) : undefined,
  });
  if (!response.ok) throw await readProblem(response);
  return (await response.json()) as T;
}
