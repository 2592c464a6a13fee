import { Modal, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsWriting } from './use-write';
import { FormScope } from './form-errors';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly size?: string;
  readonly children: ReactNode;
}

/**
 * A form over the page. It cannot be closed while its request is pending, because closing it would not cancel the request; nor by a click beside it, which would
 * lose what the user has typed.
 */
export function Dialog({ title, onClose, size, children }: DialogProps): ReactNode {
  const { t } = useTranslation();
  const isWriting = useIsWriting();
  return (
    <Modal
      opened
      onClose={() => !isWriting && onClose()}
      closeOnClickOutside={false}
      title={<Text fw={650}>{title}</Text>}
      size={size}
      closeButtonProps={{ 'aria-label': t('write.close'), disabled: isWriting }}
    >
      <FormScope>{children}</FormScope>
    </Modal>
  );
}
