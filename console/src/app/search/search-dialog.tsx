import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EarlyKeys } from './early-keys';
import { SearchBox } from './search-box';

interface SearchDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly earlyKeys: EarlyKeys;
}

export function SearchDialog({ isOpen, onClose, earlyKeys }: SearchDialogProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size="lg"
      yOffset="10vh"
      centered={false}
      title={t('search.label')}
      styles={{ header: { display: 'none' } }}
    >
      {isOpen && <SearchBox onDone={onClose} earlyKeys={earlyKeys} />}
    </Modal>
  );
}
