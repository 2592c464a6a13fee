import type { UseQueryResult } from '@tanstack/react-query';
import { ApiProblem, PREVIEW_CHANGED } from '../../api/problem';

/** The query of a preview: what the user sees, and how to ask for it again */
export type ShownPreview = Pick<UseQueryResult<unknown, unknown>, 'data' | 'refetch'>;

/**
 * Loads the preview again before its write is sent, because another user may have changed the debts or credits meanwhile. Throws
 * PREVIEW_CHANGED if the user has seen another preview; the new one is then on the screen.
 */
export async function checkPreview({ data: shown, refetch }: ShownPreview): Promise<void> {
  const { data: current } = await refetch({ throwOnError: true });
  if (figuresOf(current) !== figuresOf(shown)) throw new ApiProblem(0, PREVIEW_CHANGED, '');
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T/;

/** Without the instants: each dry run has the time at which it ran. */
function figuresOf(answer: unknown): string {
  return JSON.stringify(answer, (_, value: unknown) =>
    typeof value === 'string' && INSTANT.test(value) ? undefined : value,
  );
}
