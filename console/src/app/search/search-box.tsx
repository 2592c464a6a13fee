import { Loader, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { EarlyKeys } from './early-keys';
import classes from './global-search.module.css';
import type { SearchHit } from './search-hits';
import { useSearchHits } from './search-hits';

interface SearchBoxProps {
  readonly onDone: () => void;
  /** The input to begin with */
  readonly earlyKeys: EarlyKeys;
}

export function SearchBox({ onDone, earlyKeys }: SearchBoxProps): ReactNode {
  const { t } = useTranslation();
  const search = useSearch(onDone, earlyKeys);
  const { typed, q, hits, hasFailed, selected, isCurrent } = search;
  return (
    <>
      <TextInput
        autoFocus
        data-autofocus
        size="md"
        variant="unstyled"
        px="md"
        py="xs"
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls="search-hits"
        aria-activedescendant={hits[selected] && `search-hit-${selected}`}
        aria-label={t('search.label')}
        placeholder={t('search.placeholder')}
        value={typed}
        onChange={(event) => search.type(event.currentTarget.value)}
        onKeyDown={search.onKeyDown}
        leftSection={isCurrent ? <IconSearch size={18} /> : <Loader size={16} />}
      />
      <SearchHits hits={hits} selected={selected} onSelect={search.select} onOpen={search.open} />
      {(hits.length === 0 || hasFailed) && isCurrent && (
        <Text c="dimmed" size="sm" px="md" pb="md" role="status">
          {q.length < 2 ? t('search.start') : t(hasFailed ? 'search.failed' : 'search.empty', { q })}
        </Text>
      )}
    </>
  );
}

function useSearch(onDone: () => void, earlyKeys: EarlyKeys) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState(earlyKeys.text);
  const [selected, select] = useState(0);
  const [q] = useDebouncedValue(typed.trim(), 150);
  const { hits, isAnswered, hasFailed } = useSearchHits(q);
  const isCurrent = isAnswered && q === typed.trim();
  // a scanner types Enter before the answer arrives: Enter waits for it and never opens an earlier hit
  const [isEntered, setEntered] = useState(earlyKeys.hasEnter);
  const open = useCallback(
    (to: string): void => {
      onDone();
      void navigate(to);
    },
    [onDone, navigate],
  );
  const entered = isEntered && isCurrent ? hits[selected]?.to : undefined;
  useEffect(() => {
    if (entered !== undefined) open(entered);
  }, [entered, open]);
  const type = (text: string): void => {
    setTyped(text);
    select(0);
    setEntered(false);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && hits.length > 0) {
      event.preventDefault();
      select((selected + step + hits.length) % hits.length);
    }
    if (event.key === 'Enter') setEntered(true);
  };
  return { typed, q, hits, hasFailed, selected, isCurrent, type, select, open, onKeyDown };
}

interface SearchHitsProps {
  readonly hits: readonly SearchHit[];
  readonly selected: number;
  readonly onSelect: (index: number) => void;
  readonly onOpen: (to: string) => void;
}

function SearchHits({ hits, selected, onSelect, onOpen }: SearchHitsProps): ReactNode {
  const { t } = useTranslation();
  return (
    <ul id="search-hits" role="listbox" aria-label={t('search.results')} className={classes.hits}>
      {hits.map((hit, index) => (
        <li
          key={hit.to}
          id={`search-hit-${index}`}
          role="option"
          aria-selected={index === selected}
          className={classes.hit}
          onMouseMove={() => onSelect(index)}
          onClick={() => onOpen(hit.to)}
        >
          <span className={classes.kind}>{t(`search.${hit.kind}`)}</span>
          <span className={classes.title}>{hit.title}</span>
          <span className={classes.note}>{hit.note}</span>
        </li>
      ))}
    </ul>
  );
}
