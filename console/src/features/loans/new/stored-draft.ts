import { useEffect, useLayoutEffect } from 'react';
import type { Profile } from '../../../api/session';
import { currentSession } from '../../../api/session';
import type { Draft } from './draft';

/** Where the clerk is in the loan that is not created yet. */
export interface Progress {
  readonly step: number;
  readonly draft: Draft;
}

interface Kept extends Progress {
  readonly userId: Profile['id'];
}

/** Of this tab: gone with it */
const PLACE = 'driver-loans.loan-draft';

/**
 * Keeps the draft of a loan over the end of a session and over a reload: for the same user, and until the loan is created or
 * its page is left.
 */
export function useStoredDraft(progress: Progress): void {
  useEffect(() => {
    const { profile } = currentSession();
    if (profile !== null) sessionStorage.setItem(PLACE, JSON.stringify({ userId: profile.id, ...progress }));
  }, [progress]);
  useLayoutEffect(
    () => () => {
      if (currentSession().status !== 'expired') dropDraft();
    },
    [],
  );
}

/** What the user left off with when the session ended. */
export function readStoredDraft(): Progress | null {
  const kept = readDraft();
  return kept?.userId === currentSession().profile?.id ? kept : null;
}

/** Whoever signs in does not find what another user has left. */
export function discardDraftOfOtherUser(userId: number): void {
  if (readDraft()?.userId !== userId) dropDraft();
}

function readDraft(): Kept | null {
  return JSON.parse(sessionStorage.getItem(PLACE) ?? 'null') as Kept | null;
}

const dropDraft = (): void => sessionStorage.removeItem(PLACE);
