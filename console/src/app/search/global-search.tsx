import { Kbd, UnstyledButton } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lazyComponent } from '../../shared/lazy-component';
import classes from './global-search.module.css';
import type { EarlyKeys } from './early-keys';
import { isEarly, NO_KEYS, withKey } from './early-keys';

const searchDialog = lazyComponent(async () => (await import('./search-dialog')).SearchDialog);

/** Opened by Ctrl-K, Cmd-K or `/`. Finds a loan id, a name, a TLC number (typed by a scanner, with Enter), a medallion or a plate. */
export function GlobalSearch(): ReactNode {
  const { t } = useTranslation();
  const [isOpen, { open: openDialog, close }] = useDisclosure();
  // the dialog remains mounted after closing, so that it returns the focus
  const [isMounted, setMounted] = useState(false);
  const [earlyKeys, setEarlyKeys] = useState<EarlyKeys>(NO_KEYS);
  const open = (): void => {
    setMounted(true);
    setEarlyKeys(NO_KEYS);
    openDialog();
  };
  searchDialog.usePreload();
  useEffect(() => {
    if (!isOpen) return;
    const onKey = (event: KeyboardEvent): void => {
      if (!isEarly(event)) return;
      // otherwise Enter presses the button that has the focus
      event.preventDefault();
      setEarlyKeys((keys) => withKey(keys, event.key));
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [isOpen]);
  useHotkeys([['/', open]]);
  // also in a field, where a slash is a character
  useHotkeys([['mod+K', open]], []);
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
      {isMounted && (
        <Suspense>
          <searchDialog.Component isOpen={isOpen} onClose={close} earlyKeys={earlyKeys} />
        </Suspense>
      )}
    </>
  );
}
