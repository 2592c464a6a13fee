import { useSyncExternalStore } from 'react';
import type { components } from './schema';

export type Profile = components['schemas']['ProfileResponse'];

export type Permission = Profile['permissions'][number];

/**
 * `restoring` until the first look for a session has an answer; `expired` where a session ended under a page that is still
 * open, to which signing in again returns.
 */
export type SessionState =
  | { readonly status: 'restoring' | 'signed-out' | 'expired'; readonly profile: null }
  | { readonly status: 'signed-in'; readonly profile: Profile };

/** The access token lives here and nowhere else: a reload forgets it, and no storage ever holds it. */
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

export function endSession(why: 'signed-out' | 'expired'): void {
  accessToken = null;
  if (state.status !== why) change({ status: why, profile: null });
}

export function useSession(): SessionState {
  return useSyncExternalStore(subscribe, currentSession);
}

/** Whether the user may do all of it. The API decides again; this only keeps what would be refused out of sight. */
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
