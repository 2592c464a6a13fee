import { useSyncExternalStore } from 'react';
import type { components } from './schema';

export type Profile = components['schemas']['ProfileResponse'];

export type Permission = Profile['permissions'][number];

/**
 * `restoring` until it is known whether there is a session. `expired` if the session ended while a page was open; signing in
 * again returns to this page.
 */
export type SessionState =
  | { readonly status: 'restoring' | 'signed-out' | 'expired'; readonly profile: null }
  | { readonly status: 'signed-in'; readonly profile: Profile };

/** The access token is only in memory, never in a storage of the browser. A reload discards it. */
let accessToken: string | null = null;
let state: SessionState = { status: 'restoring', profile: null };
const listeners = new Set<() => void>();

export const currentToken = (): string | null => accessToken;

export const currentSession = (): SessionState => state;

export function setAccessToken(token: string): void {
  accessToken = token;
}

export function beginSession(profile: Profile): void {
  change({ status: 'signed-in', profile });
}

export function endSession(status: 'signed-out' | 'expired'): void {
  accessToken = null;
  if (state.status !== status) change({ status, profile: null });
}

export function useSession(): SessionState {
  return useSyncExternalStore(subscribe, currentSession);
}

/** Whether the user has all permissions. This only hides actions: the API checks the permissions itself. */
export function usePermission(...permissions: readonly Permission[]): boolean {
  const { profile } = useSession();
  return permissions.every((permission) => profile?.permissions.includes(permission) ?? false);
}

function change(next: SessionState): void {
  state = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
