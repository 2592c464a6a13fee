import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

export function EmptyList({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <Text component="div" c="dimmed" ta="center" py={48} role="status">
      {children}
    </Text>
  );
}
