import { useCallback, useEffect, useRef, useState } from 'react';
import { signOutIdle } from '../api/auth';

const IDLE_MS = 30 * 60_000;
const WARNING_MS = 60_000;
const ACTIVITY_EVENTS = ['pointerdown', 'keydown', 'scroll'] as const;

interface IdleTimeout {
  /** Until the session ends; null before the warning */
  readonly secondsLeft: number | null;
  readonly stay: () => void;
}

/** Ends the session after 30 minutes without activity, with a warning one minute before. */
export function useIdleTimeout(): IdleTimeout {
  const lastActivity = useRef(0);
  const [secondsLeft, setSecondsLeft] = useState<number | null>(null);

  useEffect(() => {
    lastActivity.current = Date.now();
    const onActivity = (): void => {
      // during the warning only its button counts: a scroll event can arrive late
      if (Date.now() - lastActivity.current < IDLE_MS - WARNING_MS) lastActivity.current = Date.now();
    };
    const check = (): void => {
      const left = IDLE_MS - (Date.now() - lastActivity.current);
      setSecondsLeft(left < WARNING_MS ? Math.max(0, Math.ceil(left / 1_000)) : null);
      if (left > 0) return;
      void signOutIdle();
    };
    for (const event of ACTIVITY_EVENTS) window.addEventListener(event, onActivity, { passive: true });
    const timer = setInterval(check, 1_000);
    return () => {
      clearInterval(timer);
      for (const event of ACTIVITY_EVENTS) window.removeEventListener(event, onActivity);
    };
  }, []);

  const stay = useCallback((): void => {
    lastActivity.current = Date.now();
    setSecondsLeft(null);
  }, []);
  return { secondsLeft, stay };
}
