import { Anchor, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

interface LoanCellProps {
  readonly loanId: string;
  /** Below the loan on narrow screens, where the column of drivers is left out */
  readonly driver: string;
}

/** The loan of a row, leading to it. */
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
