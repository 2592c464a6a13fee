import { Button, Modal, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface IdleWarningProps {
  /** Until the session ends; null while the warning is closed */
  readonly secondsLeft: number | null;
  readonly onStay: () => void;
}

export function IdleWarning({ secondsLeft, onStay }: IdleWarningProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Modal
      opened={secondsLeft !== null}
      onClose={onStay}
      title={t('account.idle.title')}
      withCloseButton={false}
    >
      <Text mb="md">{t('account.idle.text', { seconds: secondsLeft ?? 0 })}</Text>
      <Button onClick={onStay}>{t('account.idle.stay')}</Button>
    </Modal>
  );
}
