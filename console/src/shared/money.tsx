import clsx from 'clsx';
import type { ReactNode } from 'react';
import { formatDollars, formatMoney, isZero } from './format';

interface MoneyProps {
  readonly amount: string;
  /** With the dollar sign: headlines and sentences; tables leave it out */
  readonly dollars?: boolean;
  /** In tables of many columns a zero steps back */
  readonly quietZero?: boolean;
}

/** An amount as it stands in every table: tabular figures, a negative one by sign and by colour. */
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
