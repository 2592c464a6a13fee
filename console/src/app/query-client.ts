import { QueryClient } from '@tanstack/react-query';
import { asProblem } from '../api/problem';

/** Retries only requests without an answer and requests during an outage of the service. */
function shouldRetry(failures: number, error: unknown): boolean {
  const { status } = asProblem(error);
  return failures < 2 && (status === 0 || status === 503);
}

export const queryClient = new QueryClient({
  defaultOptions: {
    // 'always': a request that cannot be sent fails at once and is not sent later
    queries: {
      networkMode: 'always',
      staleTime: 10_000,
      retry: shouldRetry,
      refetchOnWindowFocus: true,
      refetchOnReconnect: true,
    },
    // only the user repeats a write, after seeing the result of the first attempt
    mutations: { networkMode: 'always', retry: false },
  },
});
