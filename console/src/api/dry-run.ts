import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';

/** The last key is this long ago before the service is asked. */
const PAUSE_MS = 300;

interface DryRun<Answer> {
  readonly query: UseQueryResult<Answer>;
  /** The answer is about what is typed now, so it may be confirmed */
  readonly isCurrent: boolean;
}

/**
 * What a write would do, asked while one types.
 * @param name of the write; no two on one page share it
 * @param body null while something is missing: nothing is asked
 */
export function useDryRun<Body, Answer>(
  name: string,
  body: Body | null,
  ask: (body: Body) => Promise<{ data?: Answer }>,
): DryRun<Answer> {
  const typed = JSON.stringify(body);
  const [settled] = useDebouncedValue(typed, PAUSE_MS);
  const query = useQuery({
    queryKey: ['dry-run', name, settled],
    queryFn: async () => (await ask(JSON.parse(settled) as Body)).data as Answer,
    enabled: settled !== 'null',
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  return { query, isCurrent: settled === typed && query.isSuccess && !query.isPlaceholderData };
}
