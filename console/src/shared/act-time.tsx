import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatInstant } from './format';
import { UserName } from './user-name';

interface ActTimeProps {
  readonly at: string;
  readonly by: number | null;
}

/** When it was done, and by whom where a narrow screen has no column for it. */
export function ActTime({ at, by }: ActTimeProps): ReactNode {
  return (
    <>
      <span className="figure">{formatInstant(at)}</span>
      <Text inherit component="div" hiddenFrom="sm">
        <UserName id={by} />
      </Text>
    </>
  );
}
