import { Loader, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import type { Schemas } from '../api/client';

export type Driver = Schemas['DriverResponse'];

export const driverName = (driver: Pick<Driver, 'first_name' | 'last_name'>): string =>
  `${driver.first_name} ${driver.last_name}`;

interface DriverPickerProps {
  readonly value: number | null;
  readonly onChange: (driverId: number | null) => void;
  readonly label?: string;
  readonly description?: string;
  readonly error?: string;
  readonly autoFocus?: boolean;
  readonly w?: number | string;
}

/**
 * Type a name, or scan a license: the scanner types the TLC number and Enter, and where exactly that number comes back it
 * is chosen at once.
 */
export function DriverPicker({ value, onChange, label, ...rest }: DriverPickerProps): ReactNode {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 150);
  const chosen = api.useQuery(
    'get',
    '/api/v1/drivers/{driver_id}',
    { params: { path: { driver_id: value ?? 0 } } },
    { enabled: value !== null },
  );
  const chosenLabel = chosen.data && labelOf(chosen.data);
  const isSearching = q.length > 0 && q !== chosenLabel;
  const found = api.useQuery(
    'get',
    '/api/v1/drivers',
    { params: { query: { page_size: 20, ...(isSearching ? { q } : {}) } } },
    { placeholderData: keepPreviousData },
  );
  const options = [...(found.data?.items ?? [])];
  if (chosen.data && value !== null && !options.some(({ id }) => id === value)) options.unshift(chosen.data);
  const takeScanned = (): boolean => {
    const scanned = options.find(({ tlc_license_number: tlc }) => tlc === typed.trim().toUpperCase());
    if (scanned) onChange(scanned.id);
    return scanned !== undefined;
  };
  return (
    <Select
      {...rest}
      label={label ?? t('field.driver')}
      placeholder={t('loans.driverPlaceholder')}
      searchable
      allowDeselect={false}
      clearable
      // the service has searched already
      filter={({ options: all }) => all}
      selectFirstOptionOnChange
      nothingFoundMessage={found.isFetching ? t('state.loading') : t('search.empty', { q })}
      rightSection={found.isFetching && typed ? <Loader size={14} /> : undefined}
      data={options.map((driver) => ({ value: `${driver.id}`, label: labelOf(driver) }))}
      value={value === null ? null : `${value}`}
      onChange={(id) => onChange(id === null ? null : parseInt(id, 10))}
      searchValue={typed}
      onSearchChange={setTyped}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && takeScanned()) event.preventDefault();
      }}
    />
  );
}

const labelOf = (driver: Driver): string => `${driverName(driver)} · ${driver.tlc_license_number}`;
