import clsx from 'clsx';
import type { ReactNode } from 'react';
import { formatDollars, formatMoney, isZero } from '../format';

interface MoneyProps {
  readonly amount: string;
  /** With the dollar sign: for headlines and sentences, not for tables */
  readonly dollars?: boolean;
  /** Shows a zero in grey, for tables with many columns */
  readonly quietZero?: boolean;
}

/** An amount in tabular figures. A negative amount has a sign and a colour. */
export function Money({ amount, dollars = false, quietZero = false }: MoneyProps): ReactNode {
  return (
    <span
      className={clsx('figure', {
        negative: amount.startsWith('-'),
        quiet: quietZero && isZero(amount),
      })}
    >
      {dollars ? formatDollars(amount) : formatMoney(amount)}
    </span>
  );
}
