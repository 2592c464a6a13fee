import { Button, Modal, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useIdleTimeout } from './use-idle-timeout';

export function IdleWarning(): ReactNode {
  const { t } = useTranslation();
  const { secondsLeft, stay } = useIdleTimeout();
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
