import { Anchor, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

interface LoanCellProps {
  readonly loanId: string;
  /** Shown below the loan on narrow screens, which have no driver column */
  readonly driver: string;
}

/** The link to the loan of a row. */
export function LoanCell({ loanId, driver }: LoanCellProps): ReactNode {
  return (
    <>
      <Anchor component={Link} to={`/loans/${loanId}`} className="figure" inherit fw={550}>
        {loanId}
      </Anchor>
      <Text size="xs" c="dimmed" hiddenFrom="sm">
        {driver}
      </Text>
    </>
  );
}
