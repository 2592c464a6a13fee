import { Button, Modal, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signOutIdle } from '../api/auth';

const IDLE_MS = 30 * 60_000;
const WARNING_MS = 60_000;
const ACTIVITY = ['pointerdown', 'keydown', 'scroll'] as const;

/** After half an hour without a hand on it, a minute's warning; then the session ends, and signing in returns here. */
export function IdleWatch(): ReactNode {
  const { t } = useTranslation();
  const lastActive = useRef(0);
  const [secondsLeft, setSecondsLeft] = useState<number | null>(null);

  useEffect(() => {
    lastActive.current = Date.now();
    const touch = (): void => {
      // the warning asks for an answer: a scroll that was on its way is none
      if (Date.now() - lastActive.current < IDLE_MS - WARNING_MS) lastActive.current = Date.now();
    };
    const look = (): void => {
      const left = IDLE_MS - (Date.now() - lastActive.current);
      setSecondsLeft(left < WARNING_MS ? Math.max(0, Math.ceil(left / 1_000)) : null);
      if (left > 0) return;
      void signOutIdle();
    };
    for (const event of ACTIVITY) window.addEventListener(event, touch, { passive: true });
    const timer = setInterval(look, 1_000);
    return () => {
      clearInterval(timer);
      for (const event of ACTIVITY) window.removeEventListener(event, touch);
    };
  }, []);

  const stay = (): void => {
    lastActive.current = Date.now();
    setSecondsLeft(null);
  };
  return (
    <Modal
      opened={secondsLeft !== null}
      onClose={stay}
      title={t('account.idle.title')}
      withCloseButton={false}
    >
      <Text mb="md">{t('account.idle.text', { seconds: secondsLeft ?? 0 })}</Text>
      <Button onClick={stay}>{t('account.idle.stay')}</Button>
    </Modal>
  );
}
