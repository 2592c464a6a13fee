import type { SelectProps } from '@mantine/core';
import { Loader, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Driver } from '../values/driver';
import { driverName } from '../values/driver';

interface DriverPickerProps {
  readonly value: number | null;
  readonly onChange: (driverId: number | null) => void;
  readonly label?: string;
  readonly description?: string;
  readonly error?: ReactNode;
  readonly autoFocus?: boolean;
  readonly w?: SelectProps['w'];
}

/**
 * Finds a driver by name or by scanned license. A scanner types the TLC number and Enter. Enter waits for the result, then
 * chooses the driver with exactly this number, otherwise the first match.
 */
export function DriverPicker({ value, onChange, ...rest }: DriverPickerProps): ReactNode {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [isOpen, setOpen] = useState(false);
  /** Enter was pressed before the search had an answer */
  const [isEntered, setEntered] = useState(false);
  const { q, options, isFetching, isSearching, isAnswered } = useFoundDrivers(value, typed);
  const enteredId = isEntered && isSearching && isAnswered ? bestMatch(options, typed)?.id : undefined;
  const choose = useCallback(
    (id: number | null) => {
      onChange(id);
      setEntered(false);
      setOpen(false);
    },
    [onChange],
  );
  useEffect(() => {
    if (enteredId !== undefined) choose(enteredId);
  }, [enteredId, choose]);
  return (
    <Select
      label={t('field.driver')}
      {...rest}
      placeholder={t('loans.driverPlaceholder')}
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
      data={options.map((driver) => ({ value: `${driver.id}`, label: labelOf(driver) }))}
      value={value === null ? null : `${value}`}
      onChange={(id) => choose(id === null ? null : parseInt(id, 10))}
      searchValue={typed}
      onSearchChange={(text) => {
        setTyped(text);
        setEntered(false);
      }}
      onKeyDown={(event) => {
        // this handler runs before the list chooses the marked option, which resets the state again
        if (event.key === 'Enter' && isOpen) setEntered(true);
      }}
    />
  );
}

/** The driver with exactly the typed TLC number, otherwise the first match. */
const bestMatch = (options: readonly Driver[], typed: string): Driver | undefined =>
  options.find(({ tlc_license_number: tlc }) => tlc === typed.trim().toUpperCase()) ?? options[0];

/** The drivers that match the typed text, and the chosen driver even if it does not match. */
function useFoundDrivers(value: number | null, typed: string) {
  const [q] = useDebouncedValue(typed.trim(), 150);
  const chosen = useDriver(value);
  const isSearching = q.length > 0 && (chosen === undefined || q !== labelOf(chosen));
  const found = api.useQuery(
    'get',
    '/api/v1/drivers',
    { params: { query: { page_size: 20, ...(isSearching ? { q } : {}) } } },
    { placeholderData: keepPreviousData },
  );
  const options = withDriver(found.data?.items ?? [], chosen);
  // until the answer arrives, the loaded options are filtered here: Enter must never choose a driver that does not match
  const isAnswered = q === typed.trim() && !found.isPlaceholderData;
  return { q, options, isFetching: found.isFetching, isSearching, isAnswered };
}

function useDriver(id: number | null): Driver | undefined {
  const driver = api.useQuery(
    'get',
    '/api/v1/drivers/{driver_id}',
    { params: { path: { driver_id: id ?? 0 } } },
    { enabled: id !== null },
  );
  return id === null ? undefined : driver.data;
}

const withDriver = (drivers: readonly Driver[], driver: Driver | undefined): readonly Driver[] =>
  driver === undefined || drivers.some(({ id }) => id === driver.id) ? drivers : [...drivers, driver];

const labelOf = (driver: Driver): string => `${driverName(driver)} · ${driver.tlc_license_number}`;
