import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import classes from './focused-heading.module.css';

/**
 * The heading of a result that appears below a form or in its place. It takes the focus: on a narrow screen the result is out of
 * sight, and only the focus announces it to a screen reader. Another `key` takes the focus again.
 */
export function FocusedHeading({ children }: { readonly children: ReactNode }): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Title order={2} ref={heading} tabIndex={-1} className={classes.heading}>
      {children}
    </Title>
  );
}
