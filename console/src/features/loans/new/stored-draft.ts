import { useEffect, useLayoutEffect } from 'react';
import type { Profile } from '../../../api/session';
import { currentSession } from '../../../api/session';
import type { Draft } from './draft';

/** The current step and the input of the user. */
export interface Progress {
  readonly step: number;
  readonly draft: Draft;
}

interface StoredDraft extends Progress {
  readonly userId: Profile['id'];
}

/** In the session storage, which the browser deletes with the tab */
const STORAGE_KEY = 'driver-loans.loan-draft';

/**
 * Stores the draft of a loan, so that it survives a reload and the end of the session. It is deleted when the loan is created, the
 * page is left or another user signs in.
 */
export function useStoredDraft(progress: Progress): void {
  useEffect(() => {
    const { profile } = currentSession();
    if (profile !== null)
      sessionStorage.setItem(STORAGE_KEY, JSON.stringify({ userId: profile.id, ...progress }));
  }, [progress]);
  useLayoutEffect(
    () => () => {
      if (currentSession().status !== 'expired') dropDraft();
    },
    [],
  );
}

/** The draft that this user has stored. */
export function readStoredDraft(): Progress | null {
  const stored = readDraft();
  return stored?.userId === currentSession().profile?.id ? stored : null;
}

/** A user must not see the draft of another user. */
export function discardDraftOfOtherUser(userId: number): void {
  if (readDraft()?.userId !== userId) dropDraft();
}

function readDraft(): StoredDraft | null {
  return JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? 'null') as StoredDraft | null;
}

const dropDraft = (): void => sessionStorage.removeItem(STORAGE_KEY);
