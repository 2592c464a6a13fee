import { asProblem, readProblem } from './problem';
import { beginSession, currentSession, currentToken, endSession, setAccessToken } from './session';
import type { Profile } from './session';

const AUTH = '/api/v1/auth';

/** The refresh token is in an httpOnly cookie. */
const BY_COOKIE = { session: 'cookie' };

/**
 * The id of the user whose session cookie this browser may have. Scripts cannot read the cookie. Without the id no refresh is
 * tried.
 */
const SIGNED_IN_USER = 'driver-loans.signed-in';

/** A refresh token that is used twice ends its session, so only one tab of the browser refreshes at a time. */
const REFRESH_LOCK = 'driver-loans-refresh';

let refreshing: Promise<boolean> | null = null;

export async function signIn(email: string, password: string): Promise<void> {
  const answer = await call<{ access_token: string }>('POST', '/login', {
    email,
    password,
    ...BY_COOKIE,
  });
  setAccessToken(answer.access_token);
  const profile = await call<Profile>('GET', '/me');
  localStorage.setItem(SIGNED_IN_USER, String(profile.id));
  beginSession(profile);
}

/** Restores the session of the cookie. */
export async function restoreSession(): Promise<void> {
  window.addEventListener('storage', endWithOtherTab);
  if (localStorage.getItem(SIGNED_IN_USER) !== null && (await refreshAccess())) return;
  endSession('signed-out');
}

/** Gets a new access token with the session cookie. Returns true if the failed request can be repeated. */
export function refreshAccess(): Promise<boolean> {
  refreshing ??= lockedRefresh().finally(() => (refreshing = null));
  return refreshing;
}

export async function signOut(everywhere = false): Promise<void> {
  await call('POST', everywhere ? '/logout-everywhere' : '/logout', everywhere ? {} : BY_COOKIE);
  forgetSession();
  endSession('signed-out');
}

export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await call('POST', '/password', { current_password: currentPassword, new_password: newPassword });
  beginSession(await call<Profile>('GET', '/me'));
}

/** Ends the session in the browser and at the service because the user was inactive. */
export async function signOutIdle(): Promise<void> {
  await call('POST', '/logout', BY_COOKIE).catch(() => undefined);
  forgetSession();
  endSession('expired');
}

/**
 * All tabs share one session: a tab must not show the page of a user who has signed out in another one, or in whose place
 * someone else has signed in there.
 */
function endWithOtherTab({ key, newValue }: StorageEvent): void {
  if (key === SIGNED_IN_USER && isAnotherUser(newValue)) endSession('expired');
}

/** Whether the user is not the one whose page this tab shows. */
function isAnotherUser(id: string | null): boolean {
  const { profile } = currentSession();
  return profile !== null && id !== String(profile.id);
}

function forgetSession(): void {
  localStorage.removeItem(SIGNED_IN_USER);
}

async function lockedRefresh(): Promise<boolean> {
  // browsers have locks only for https and localhost
  if (!('locks' in navigator)) return refresh();
  return navigator.locks.request(REFRESH_LOCK, refresh);
}

async function refresh(): Promise<boolean> {
  try {
    const { access_token } = await call<{ access_token: string }>('POST', '/refresh', BY_COOKIE);
    setAccessToken(access_token);
    const profile = await call<Profile>('GET', '/me');
    if (isAnotherUser(String(profile.id))) return false;
    if (currentSession().status !== 'signed-in') beginSession(profile);
    return true;
  } catch (error) {
    // without an answer of the service the session may still exist, so only a 401 removes the mark
    if (asProblem(error).status === 401) forgetSession();
    return false;
  }
}

/** Separate from the API client, which calls this module after a 401. */
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
