import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatInstant } from '../format';
import { UserName } from '../values/user-name';

interface AuditEventTimeProps {
  readonly at: string;
  readonly by: number | null;
}

/** The time of an event. Narrow screens have no column for the user, so the name is shown here. */
export function AuditEventTime({ at, by }: AuditEventTimeProps): ReactNode {
  return (
    <>
      <span className="figure instant">{formatInstant(at)}</span>
      <Text inherit component="div" hiddenFrom="sm">
        <UserName id={by} />
      </Text>
    </>
  );
}
