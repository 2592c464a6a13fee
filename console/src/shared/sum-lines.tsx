import type { ReactNode } from 'react';
import { Money } from './money';
import classes from './sum-lines.module.css';

interface SumLine {
  readonly label: string;
  readonly amount: string;
  readonly note?: string;
}

interface SumLinesProps {
  readonly lines: readonly SumLine[];
  readonly total: SumLine;
}

/** A sum as one writes it on paper: the parts, a line, the total. */
export function SumLines({ lines, total }: SumLinesProps): ReactNode {
  return (
    <dl className={classes.sum}>
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
