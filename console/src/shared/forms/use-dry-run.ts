import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';

/** The service is asked this long after the last key. */
const DEBOUNCE_MS = 300;

interface DryRun<Answer> {
  readonly query: UseQueryResult<Answer>;
  /** Whether the answer belongs to the current input, so that it can be confirmed */
  readonly isCurrent: boolean;
}

/**
 * The result that a write would have, updated while the user types.
 * @param name of the write, unique on the page
 * @param body null while the input is incomplete; then nothing is sent
 */
export function useDryRun<Body, Answer>(
  name: string,
  body: Body | null,
  send: (body: Body) => Promise<{ data?: Answer }>,
): DryRun<Answer> {
  const typed = JSON.stringify(body);
  const [debounced] = useDebouncedValue(typed, DEBOUNCE_MS);
  const query = useQuery({
    queryKey: ['dry-run', name, debounced],
    queryFn: async () => (await send(JSON.parse(debounced) as Body)).data as Answer,
    enabled: debounced !== 'null',
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  return { query, isCurrent: debounced === typed && query.isSuccess && !query.isPlaceholderData };
}
