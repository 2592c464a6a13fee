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

/** The records that a search for the typed text found. */
export interface FoundRecords {
  /** The searched text */
  readonly q: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly isFetching: boolean;
  /** Whether the options are those of the typed text */
  readonly isAnswered: boolean;
  /** What Enter chooses when the search is answered; undefined if the user is not searching */
  readonly best: string | undefined;
}

interface RecordPickerProps extends PickerProps {
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
  readonly typed: string;
  readonly onTyped: (typed: string) => void;
  readonly found: FoundRecords;
}

/**
 * Finds a record by a part of its id or by a name. Enter waits for the result of the search, because a scanner types its text and
 * Enter at once.
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
  const { q, options, isFetching, isAnswered } = found;
  const entered = isEntered && isAnswered ? found.best : undefined;
  const choose = useCallback(
    (chosen: string | null) => {
      onChange(chosen);
      setEntered(false);
      setOpen(false);
    },
    [onChange],
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
      searchValue={typed}
      onSearchChange={(text) => {
        onTyped(text);
        setEntered(false);
      }}
      onKeyDown={(event) => {
        // this handler runs before the list chooses the marked option, which resets the state again
        if (event.key === 'Enter' && isOpen) setEntered(true);
      }}
    />
  );
}
