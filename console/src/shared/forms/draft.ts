import type { Dispatch, SetStateAction } from 'react';
import { useEffect, useLayoutEffect, useState } from 'react';
import type { Profile } from '../../api/session';
import { currentSession } from '../../api/session';

interface StoredDraft {
  readonly userId: Profile['id'];
  readonly form: string;
  readonly input: unknown;
}

/** In the session storage, which the browser deletes with the tab. A tab has one draft at a time. */
const STORAGE_KEY = 'driver-loans.draft';

/**
 * The input of a form, stored so that it survives a reload and the end of the session. It is deleted when the form is left, also
 * after saving, or when another user signs in.
 * @param form names the form and the record that it is about
 * @param initial the first input, from the stored one if there is one
 */
export function useDraft<Input>(
  form: string,
  initial: (stored: Input | null) => Input,
): readonly [Input, Dispatch<SetStateAction<Input>>] {
  const [input, setInput] = useState(() => initial((draftOf(form)?.input ?? null) as Input | null));
  useEffect(() => {
    const { profile } = currentSession();
    if (profile === null) return;
    const draft: StoredDraft = { userId: profile.id, form, input };
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(draft));
  }, [form, input]);
  useLayoutEffect(
    () => () => {
      if (currentSession().status !== 'expired') dropDraft();
    },
    [],
  );
  return [input, setInput];
}

/** Whether this user has a stored draft of the form. */
export const hasDraft = (form: string): boolean => draftOf(form) !== null;

/** A user must not see the draft of another user. */
export function discardDraftOfOtherUser(userId: number): void {
  if (readDraft()?.userId !== userId) dropDraft();
}

function draftOf(form: string): StoredDraft | null {
  const draft = readDraft();
  return draft?.form === form && draft.userId === currentSession().profile?.id ? draft : null;
}

function readDraft(): StoredDraft | null {
  return JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? 'null') as StoredDraft | null;
}

const dropDraft = (): void => sessionStorage.removeItem(STORAGE_KEY);
