import { useCallback, useEffect, useRef, useState } from 'react';
import { signOutIdle } from '../api/auth';

const IDLE_MS = 30 * 60_000;
const WARNING_MS = 60_000;
const ACTIVITY_EVENTS = ['pointerdown', 'keydown', 'scroll'] as const;

/** All tabs share one session, so they share the time of the last activity too. */
const LAST_ACTIVITY = 'driver-loans.last-activity';

interface IdleTimeout {
  /** Until the session ends; null before the warning */
  readonly secondsLeft: number | null;
  readonly stay: () => void;
}

/** Ends the session after 30 minutes without activity in any tab, with a warning one minute before. */
export function useIdleTimeout(): IdleTimeout {
  const isEnding = useRef(false);
  const [secondsLeft, setSecondsLeft] = useState<number | null>(null);

  useEffect(() => {
    recordActivity();
    const onActivity = (): void => {
      // during the warning only its button counts: a scroll event can arrive late
      if (idleMs() < IDLE_MS - WARNING_MS) recordActivity();
    };
    const check = (): void => {
      const left = IDLE_MS - idleMs();
      setSecondsLeft(left < WARNING_MS ? Math.max(0, Math.ceil(left / 1_000)) : null);
      if (left > 0 || isEnding.current) return;
      isEnding.current = true;
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
    recordActivity();
    setSecondsLeft(null);
  }, []);
  return { secondsLeft, stay };
}

function recordActivity(): void {
  localStorage.setItem(LAST_ACTIVITY, String(Date.now()));
}

function idleMs(): number {
  return Date.now() - Number(localStorage.getItem(LAST_ACTIVITY));
}
