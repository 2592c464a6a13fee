import { useEffect } from 'react';

/**
 * Moves the focus to the content of the page if the control that had it disappeared with a change, so that the keyboard does not
 * start again at the top.
 * @param change differs after each such change
 */
export function useKeptFocus(change: unknown): void {
  useEffect(() => {
    const isLost = document.activeElement === document.body;
    if (isLost) document.getElementById('content')?.focus({ preventScroll: true });
  }, [change]);
}
