import { Paper, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../page/query-state';

interface PreviewProps<T> {
  readonly query: UseQueryResult<T, unknown>;
  readonly children: (data: T) => ReactNode;
}

/** The answer of a dry run, in a frame that separates it from saved data. */
export function Preview<T>({ query, children }: PreviewProps<T>): ReactNode {
  const { t } = useTranslation();
  return (
    <Paper
      p="md"
      bg="var(--console-ground)"
      aria-live="polite"
      component="section"
      aria-label={t('write.preview')}
    >
      <Text size="xs" fw={600} c="dimmed" mb="xs">
        {t('write.preview')}
      </Text>
      <QueryState query={query} lines={3}>
        {children}
      </QueryState>
    </Paper>
  );
}

/** A table of figures now and after the action. */
export function BeforeAfter({
  lines,
}: {
  readonly lines: readonly {
    readonly label: string;
    readonly before: ReactNode;
    readonly after: ReactNode;
  }[];
}): ReactNode {
  const { t } = useTranslation();
  return (
    <table style={{ width: '100%', borderSpacing: '0 4px', fontSize: 14 }}>
      <thead>
        <tr>
          <td />
          <th scope="col" style={{ textAlign: 'right', fontWeight: 500 }} className="quiet">
            {t('loans.actions.before')}
          </th>
          <th scope="col" style={{ textAlign: 'right', fontWeight: 500 }} className="quiet">
            {t('loans.actions.after')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ label, before, after }) => (
          <tr key={label}>
            <th scope="row" style={{ textAlign: 'left', fontWeight: 400 }}>
              {label}
            </th>
            <td style={{ textAlign: 'right' }} className="quiet">
              {before}
            </td>
            <td style={{ textAlign: 'right', fontWeight: 600 }}>{after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
