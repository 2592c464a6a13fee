import { useIsMutating, useMutation, useQueryClient } from '@tanstack/react-query';
import type { UseMutationResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useRef } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { ApiProblem, asProblem, NO_ANSWER, WRITE_UNANSWERED } from '../../api/problem';
import { notify } from '../page/notify';
import type { ShownPreview } from './check-preview';
import { checkPreview } from './check-preview';

/** Sends a write. The service applies requests with the same idempotency key only once. */
export type Send<Body, Answer> = (body: Body, key: string) => Promise<{ data?: Answer }>;

const WRITE = ['write'];

/** Longer than the service needs for a write. After this time it is unknown whether the write was applied. */
const TIMEOUT_MS = 30_000;

/** The first request with the same key is still running. */
const REQUEST_IN_PROGRESS = 'REQUEST_IN_PROGRESS';
const REPEAT_AFTER_MS = 1_000;
const MOST_REPEATS = 20;

interface WriteOptions<Answer> {
  /** The text of the notification, or its content with links */
  readonly successMessage: (answer: Answer) => ReactNode;
  readonly onSuccess?: (answer: Answer) => void;
  /** What the user confirms. The write is sent only if the service still answers the same */
  readonly preview?: ShownPreview;
  /** For a write that takes longer than most */
  readonly timeoutMs?: number;
}

/**
 * A write that is applied only once. A click while a request is pending is ignored. A retry with the same body, for example after
 * a lost answer, has the same Idempotency-Key; a different body gets a new key and
 * is sent only if its preview is still true. A write can change amounts on other pages, so
 * all loaded data is loaded again after it.
 */
export function useWrite<Body, Answer>(
  send: Send<Body, Answer>,
  { successMessage, onSuccess, preview, timeoutMs = TIMEOUT_MS }: WriteOptions<Answer>,
): UseMutationResult<Answer, ApiProblem, Body> {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const lastRequest = useRef<{ body: string; key: string } | null>(null);
  const pending = useRef<Promise<Answer> | null>(null);

  const finish = (answer: Answer): void => {
    // the dialog must close before the queries run again: its own preview would now be rejected
    flushSync(() => onSuccess?.(answer));
    notify(t('write.done'), successMessage(answer));
    // previews are POST queries: the service would reject a preview of an action that is already done
    void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'get' });
  };

  const sendOnce = async (body: Body): Promise<Answer> => {
    const text = JSON.stringify(body);
    if (lastRequest.current?.body !== text) {
      if (preview) await withTimeout(timeoutMs, checkPreview(preview), NO_ANSWER);
      lastRequest.current = { body: text, key: newKey() };
    }
    const sent = sendUntilDone(send, body, lastRequest.current.key);
    const { data } = await withTimeout(timeoutMs, sent, WRITE_UNANSWERED);
    lastRequest.current = null;
    finish(data as Answer);
    return data as Answer;
  };

  return useMutation<Answer, ApiProblem, Body>({
    mutationKey: WRITE,
    mutationFn: (body) => {
      pending.current ??= sendOnce(body).finally(() => (pending.current = null));
      return pending.current;
    },
  });
}

/** Whether a write is pending. A write that was sent cannot be cancelled. */
export const useIsWriting = (): boolean => useIsMutating({ mutationKey: WRITE }) > 0;

/** A retry can arrive while the first request is still running. The service says so, and has the answer a moment later. */
async function sendUntilDone<Body, Answer>(
  send: Send<Body, Answer>,
  body: Body,
  key: string,
): Promise<{ data?: Answer }> {
  for (let asked = 0; ; asked += 1) {
    try {
      return await send(body, key);
    } catch (error) {
      if (asked === MOST_REPEATS || asProblem(error).code !== REQUEST_IN_PROGRESS) throw error;
      await new Promise((resolve) => setTimeout(resolve, REPEAT_AFTER_MS));
    }
  }
}

/** Throws the code if the answer does not arrive, or not in time, so that no dialog waits without end. */
async function withTimeout<Answer>(ms: number, answer: Promise<Answer>, code: string): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ApiProblem(0, code, '')), ms);
  });
  try {
    return await Promise.race([answer, timeout]);
  } catch (error) {
    throw asProblem(error, code);
  } finally {
    clearTimeout(timer);
  }
}

/** crypto.randomUUID needs https, but a fleet may use plain http in its own network. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
