import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './problem-alert';

interface QueryStateProps<T> {
  readonly query: Pick<UseQueryResult<T, unknown>, 'data' | 'error' | 'refetch' | 'isPending'>;
  /** Lines of the skeleton */
  readonly lines?: number;
  readonly children: (data: T) => ReactNode;
}

/** The data of a query: first a skeleton, then the data, or the error with a button to retry. */
export function QueryState<T>({ query, lines = 4, children }: QueryStateProps<T>): ReactNode {
  const { t } = useTranslation();
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) {
    return (
      <ProblemAlert error={query.error} title={t('state.failed')} onRetry={() => void query.refetch()} />
    );
  }
  return (
    <Stack gap="sm" role="status" aria-label={t('state.loading')}>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={line === 0 ? 28 : 16} width={line === 0 ? '40%' : '100%'} />
      ))}
    </Stack>
  );
}
