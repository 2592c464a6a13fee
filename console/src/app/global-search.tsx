import { Kbd, Modal, UnstyledButton } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './global-search.module.css';
import { SearchBox } from './search-box';

/** Opened by Ctrl-K, Cmd-K or `/`. Finds a loan id, a name, a TLC number (typed by a scanner, with Enter), a medallion or a plate. */
export function GlobalSearch(): ReactNode {
  const { t } = useTranslation();
  const [isOpen, { open, close }] = useDisclosure();
  useHotkeys([
    ['mod+K', open],
    ['/', open],
  ]);
  return (
    <>
      <UnstyledButton
        className={classes.opener}
        onClick={open}
        aria-label={`${t('search.open')}: ${t('search.hint')}`}
      >
        <IconSearch size={16} stroke={1.8} aria-hidden />
        <span className={classes.hint}>{t('search.hint')}</span>
        <Kbd size="xs" className={classes.key} aria-hidden>
          /
        </Kbd>
      </UnstyledButton>
      <Modal
        opened={isOpen}
        onClose={close}
        withCloseButton={false}
        padding={0}
        size="lg"
        yOffset="10vh"
        centered={false}
        title={t('search.label')}
        styles={{ header: { display: 'none' } }}
      >
        {isOpen && <SearchBox onDone={close} />}
      </Modal>
    </>
  );
}
