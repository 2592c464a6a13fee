import type { ReactNode } from 'react';
import classes from './stat-grid.module.css';

export interface Stat {
  readonly label: string;
  readonly value: ReactNode;
  /** A line below the value */
  readonly note?: ReactNode;
  readonly tone?: 'bad' | 'warn';
}

/** The key figures of a page, side by side, each below its label. */
export function StatGrid({ stats }: { readonly stats: readonly Stat[] }): ReactNode {
  return (
    <dl className={classes.stats}>
      {stats.map(({ label, value, note, tone }) => (
        <div key={label} className={classes.stat} data-tone={tone}>
          <dt>{label}</dt>
          <dd className={classes.value}>{value}</dd>
          {note !== undefined && <dd className={classes.note}>{note}</dd>}
        </div>
      ))}
    </dl>
  );
}
