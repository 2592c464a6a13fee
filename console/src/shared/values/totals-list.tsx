import type { ReactNode } from 'react';
import { Money } from './money';
import classes from './totals-list.module.css';

interface TotalsLine {
  readonly label: string;
  readonly amount: string;
  readonly note?: string;
}

interface TotalsListProps {
  readonly lines: readonly TotalsLine[];
  readonly total: TotalsLine;
}

/** A calculation: its lines, then the total. */
export function TotalsList({ lines, total }: TotalsListProps): ReactNode {
  return (
    <dl className={classes.totals}>
      {[...lines, total].map(({ label, amount, note }) => (
        <div key={label} className={label === total.label ? classes.total : undefined}>
          <dt>
            {label}
            {note !== undefined && <span className={classes.note}>{note}</span>}
          </dt>
          <dd>
            <Money amount={amount} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
