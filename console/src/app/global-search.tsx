import { Kbd, Loader, Modal, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue, useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import classes from './global-search.module.css';
import { useSearchHits } from './search-hits';

/** Ctrl-K, Cmd-K or `/`: a loan id, a name, a TLC number (a scanner types it and Enter), a medallion or a plate. */
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

function SearchBox({ onDone }: { readonly onDone: () => void }): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const [q] = useDebouncedValue(typed.trim(), 150);
  const { hits, isAnswered } = useSearchHits(q);
  const isCurrent = isAnswered && q === typed.trim();
  // a scanner types Enter before its answer can be there: Enter waits for it, and never takes what was found before
  const [isEntered, setEntered] = useState(false);
  const go = useCallback(
    (to: string): void => {
      onDone();
      void navigate(to);
    },
    [onDone, navigate],
  );
  const entered = isEntered && isCurrent ? hits[chosen]?.to : undefined;
  useEffect(() => {
    if (entered !== undefined) go(entered);
  }, [entered, go]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && hits.length > 0) {
      event.preventDefault();
      setChosen((chosen + step + hits.length) % hits.length);
    }
    if (event.key === 'Enter') setEntered(true);
  };
  return (
    <>
      <TextInput
        data-autofocus
        size="md"
        variant="unstyled"
        px="md"
        py="xs"
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls="search-hits"
        aria-activedescendant={hits[chosen] && `search-hit-${chosen}`}
        aria-label={t('search.label')}
        placeholder={t('search.placeholder')}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setChosen(0);
          setEntered(false);
        }}
        onKeyDown={onKeyDown}
        leftSection={!isCurrent ? <Loader size={16} /> : <IconSearch size={18} />}
      />
      <ul id="search-hits" role="listbox" aria-label={t('search.results')} className={classes.hits}>
        {hits.map((hit, index) => (
          <li
            key={hit.to}
            id={`search-hit-${index}`}
            role="option"
            aria-selected={index === chosen}
            className={classes.hit}
            onMouseMove={() => setChosen(index)}
            onClick={() => go(hit.to)}
          >
            <span className={classes.kind}>{t(`search.${hit.kind}`)}</span>
            <span className={classes.title}>{hit.title}</span>
            <span className={classes.note}>{hit.note}</span>
          </li>
        ))}
      </ul>
      {hits.length === 0 && isCurrent && (
        <Text c="dimmed" size="sm" px="md" pb="md" role="status">
          {q.length < 2 ? t('search.start') : t('search.empty', { q })}
        </Text>
      )}
    </>
  );
}
