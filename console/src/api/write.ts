import { useIsMutating, useMutation, useQueryClient } from '@tanstack/react-query';
import type { UseMutationResult } from '@tanstack/react-query';
import { useRef } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { announce } from '../shared/announce';
import { ApiProblem, asProblem, WRITE_UNANSWERED } from './problem';

/** One write: its body, and the key under which the service does it once however often it is sent. */
export type Send<Body, Answer> = (body: Body, key: string) => Promise<{ data?: Answer }>;

const WRITE = ['write'];

/** A write is answered long before; after it, whether it is done is not known. */
const PATIENCE_MS = 30_000;

interface WriteOptions<Answer> {
  /** What the notification says when it is done */
  readonly done: (answer: Answer) => string;
  readonly onDone?: (answer: Answer) => void;
  /** For a write that may take longer than others */
  readonly patienceMs?: number;
}

/**
 * A write that happens once: a second click while it is under way is not heard, and a repeat of the same body, say after an
 * answer that got lost, goes out under the same Idempotency-Key. Another body is another intention and gets another key.
 * Money moves across pages, so after a write everything on the screen is asked anew.
 */
export function useWrite<Body, Answer>(
  send: Send<Body, Answer>,
  { done, onDone, patienceMs = PATIENCE_MS }: WriteOptions<Answer>,
): UseMutationResult<Answer, ApiProblem, Body> {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const intention = useRef<{ body: string; key: string } | null>(null);
  const underWay = useRef<Promise<Answer> | null>(null);

  const finish = (answer: Answer): void => {
    // a dialog is gone before anything is asked anew: its quote of what is done now would be refused
    flushSync(() => onDone?.(answer));
    announce(t('write.done'), done(answer));
    // a dry run is a question about what was not done yet: after the act it would be refused
    void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'get' });
  };

  const once = async (body: Body): Promise<Answer> => {
    const text = JSON.stringify(body);
    if (intention.current?.body !== text) intention.current = { body: text, key: newKey() };
    const sent = send(body, intention.current.key);
    const { data } = await answeredWithin(patienceMs, sent).catch((error: unknown) => {
      throw asProblem(error, WRITE_UNANSWERED);
    });
    intention.current = null;
    finish(data as Answer);
    return data as Answer;
  };

  return useMutation<Answer, ApiProblem, Body>({
    mutationKey: WRITE,
    mutationFn: (body) => {
      underWay.current ??= once(body).finally(() => (underWay.current = null));
      return underWay.current;
    },
  });
}

/** Whether a write is under way: what was sent cannot be called back any more. */
export const useIsWriting = (): boolean => useIsMutating({ mutationKey: WRITE }) > 0;

/** The answer. Throws if it does not arrive in time, so that no dialog waits forever. */
async function answeredWithin<Answer>(ms: number, answer: Promise<Answer>): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ApiProblem(0, WRITE_UNANSWERED, '')), ms);
  });
  try {
    return await Promise.race([answer, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}

/** crypto.randomUUID is for secure origins only; a fleet's own network may serve plain http. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
