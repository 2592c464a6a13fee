import type { Dispatch, SetStateAction } from 'react';
import { useEffect, useState } from 'react';
import type { Profile } from '../../api/session';
import { currentSession } from '../../api/session';

interface StoredDrafts {
  readonly userId: Profile['id'];
  /** By the name of the form */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** In the session storage, which the browser deletes with the tab. */
const STORAGE_KEY = 'driver-loans.draft';

/** The input of a form that is stored as a draft. */
export interface Drafted<Input> {
  readonly input: Input;
  readonly setInput: Dispatch<SetStateAction<Input>>;
  /** Empties the form and deletes its draft; null unless the form began with a stored draft */
  readonly discard: (() => void) | null;
}

/**
 * The input of a form, stored so that it survives that the form is left, a reload and the end of the session. It is deleted when
 * the form is empty again, by `deleteDraft`, when its user signs out, or when another user signs in.
 * @param form names the form and the record that it is about
 * @param initial the first input, from the stored one if there is one
 */
export function useDraft<Input>(form: string, initial: (stored: Input | null) => Input): Drafted<Input> {
  const [empty] = useState(() => initial(null));
  const [stored] = useState(() => storedInput(form) as Input | null);
  const [input, setInput] = useState(() => initial(stored));
  const [isRestored, setRestored] = useState(stored !== null && input === stored);
  useEffect(() => {
    if (JSON.stringify(input) === JSON.stringify(empty)) deleteDraft(form);
    else storeDraft(form, input);
  }, [form, input, empty]);
  const discard = (): void => {
    setInput(empty);
    setRestored(false);
  };
  return { input, setInput, discard: isRestored ? discard : null };
}

/** Whether this user has a stored draft of the form. */
export const hasDraft = (form: string): boolean => storedInput(form) !== null;

export function deleteDraft(form: string): void {
  const { [form]: _, ...others } = ownInputs();
  store(others);
}

/** While a user is signed in: deletes the drafts of any other user, and those of this user at the sign-out. */
export function useDraftsOf(userId: Profile['id']): void {
  useEffect(() => {
    if (readDrafts()?.userId !== userId) store({});
    return () => {
      if (currentSession().status === 'signed-out') store({});
    };
  }, [userId]);
}

const storedInput = (form: string): unknown => ownInputs()[form] ?? null;

const storeDraft = (form: string, input: unknown): void => store({ ...ownInputs(), [form]: input });

/** The drafts of the signed-in user, who must not see those of another user. */
function ownInputs(): StoredDrafts['inputs'] {
  const drafts = readDrafts();
  return drafts !== null && drafts.userId === currentSession().profile?.id ? drafts.inputs : {};
}

function readDrafts(): StoredDrafts | null {
  return JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? 'null') as StoredDrafts | null;
}

function store(inputs: StoredDrafts['inputs']): void {
  const { profile } = currentSession();
  if (profile === null || Object.keys(inputs).length === 0) sessionStorage.removeItem(STORAGE_KEY);
  else
    sessionStorage.setItem(
      STORAGE_KEY,
      JSON.stringify({ userId: profile.id, inputs } satisfies StoredDrafts),
    );
}
