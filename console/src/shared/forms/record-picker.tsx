import type { SelectProps } from '@mantine/core';
import { Loader, Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** How a picker of records looks; the same for every kind of record. */
export interface PickerProps {
  readonly label?: string;
  readonly description?: string;
  readonly placeholder?: string;
  readonly error?: ReactNode;
  readonly autoFocus?: boolean;
  readonly w?: SelectProps['w'];
}

interface Option {
  readonly value: string;
  readonly label: string;
}

/** The records that a search for the typed text found. */
export interface FoundRecords {
  /** The searched text */
  readonly q: string;
  readonly options: readonly Option[];
  readonly isFetching: boolean;
  /** Whether the options are those of the typed text */
  readonly isAnswered: boolean;
  /** What Enter chooses when the search is answered; undefined if the user is not searching */
  readonly best: string | undefined;
}

interface RecordPickerProps extends PickerProps {
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
  /** What the user searches for; null while the field shows the chosen record */
  readonly typed: string | null;
  readonly onTyped: (typed: string | null) => void;
  readonly found: FoundRecords;
}

/**
 * Finds a record by a part of its id or by a name. Enter waits for the result of the search, because a scanner types its text and
 * Enter at once. The first key after a choice starts a new search, and nothing is chosen until the user chooses again.
 */
export function RecordPicker({
  value,
  onChange,
  typed,
  onTyped,
  found,
  ...rest
}: RecordPickerProps): ReactNode {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  /** Enter was pressed before the search had an answer */
  const [isEntered, setEntered] = useState(false);
  /** Its label is shown until the options contain it */
  const [lastChosen, setLastChosen] = useState<Option>();
  const { q, options, isFetching, isAnswered } = found;
  const entered = isEntered && isAnswered ? found.best : undefined;
  const shown = [...options, lastChosen].find((option) => option?.value === value)?.label ?? '';
  const search = useCallback(
    (text: string | null) => {
      onTyped(text);
      setEntered(false);
    },
    [onTyped],
  );
  const choose = useCallback(
    (chosen: string | null) => {
      onChange(chosen);
      setLastChosen(options.find((option) => option.value === chosen));
      search(null);
      setOpen(false);
    },
    [onChange, options, search],
  );
  useEffect(() => {
    if (entered !== undefined) choose(entered);
  }, [entered, choose]);
  return (
    <Select
      {...rest}
      searchable
      openOnFocus={false}
      allowDeselect={false}
      withScrollArea={false}
      styles={{ options: { maxHeight: 260, overflowY: 'auto' } }}
      clearable
      filter={isAnswered ? ({ options: all }) => all : undefined}
      selectFirstOptionOnChange
      dropdownOpened={isOpen}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      nothingFoundMessage={isFetching ? t('state.loading') : t('search.empty', { q })}
      rightSection={isFetching && typed ? <Loader size={14} /> : undefined}
      data={options}
      value={value}
      onChange={choose}
      searchValue={typed ?? shown}
      onInput={(event) => {
        search(typed === null ? insertedText(event.nativeEvent) : event.currentTarget.value);
        if (value !== null) onChange(null);
      }}
      onBlur={() => search(null)}
      onKeyDown={(event) => {
        // this handler runs before the list chooses the marked option, which resets the state again
        if (event.key === 'Enter' && isOpen) setEntered(true);
      }}
    />
  );
}

/** What the user typed or pasted into the text of the field; empty if the user deleted a part of it. */
const insertedText = (event: Event): string => (event instanceof InputEvent ? (event.data ?? '') : '');
