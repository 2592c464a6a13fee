import type { ReactNode } from 'react';
import classes from './detail-list.module.css';

export interface Detail {
  readonly label: string;
  readonly value: ReactNode;
}

/** The fields of a record, one per line. */
export function DetailList({ details }: { readonly details: readonly Detail[] }): ReactNode {
  return (
    <dl className={classes.list}>
      {details.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
