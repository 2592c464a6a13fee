import { QueryClient } from '@tanstack/react-query';
import { asProblem } from '../api/problem';

/** A refusal stays a refusal: only what got no answer, or a service that was away, is asked for again by itself. */
function mayPass(failures: number, error: unknown): boolean {
  const { status } = asProblem(error);
  return failures < 2 && (status === 0 || status === 503);
}

export const queries = new QueryClient({
  defaultOptions: {
    // 'always': a request that cannot be sent fails now and is never sent later
    queries: {
      networkMode: 'always',
      staleTime: 10_000,
      retry: mayPass,
      refetchOnWindowFocus: true,
      refetchOnReconnect: true,
    },
    // a write is repeated by the user, who sees what became of the first try
    mutations: { networkMode: 'always', retry: false },
  },
});
