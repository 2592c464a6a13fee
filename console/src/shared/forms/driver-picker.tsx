import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Driver } from '../values/driver';
import { driverName } from '../values/driver';
import type { FoundRecords, PickerProps } from './record-picker';
import { RecordPicker } from './record-picker';

interface DriverPickerProps extends PickerProps {
  readonly value: number | null;
  readonly onChange: (driverId: number | null) => void;
}

/**
 * Finds a driver by name or by scanned license. Enter chooses the driver with exactly this number, otherwise the first match.
 */
export function DriverPicker({ value, onChange, ...rest }: DriverPickerProps): ReactNode {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const found = useFoundDrivers(value, typed ?? '');
  const choose = useCallback(
    (id: string | null) => onChange(id === null ? null : parseInt(id, 10)),
    [onChange],
  );
  return (
    <RecordPicker
      label={t('field.driver')}
      placeholder={t('loans.driverPlaceholder')}
      {...rest}
      value={value === null ? null : `${value}`}
      onChange={choose}
      typed={typed}
      onTyped={setTyped}
      found={found}
    />
  );
}

/** The driver with exactly the typed TLC number, otherwise the first match. */
const bestMatch = (options: readonly Driver[], typed: string): Driver | undefined =>
  options.find(({ tlc_license_number: tlc }) => tlc === typed.trim().toUpperCase()) ?? options[0];

/** The drivers that match the typed text, and the chosen driver even if it does not match. */
function useFoundDrivers(value: number | null, typed: string): FoundRecords {
  const [q] = useDebouncedValue(typed.trim(), 150);
  const chosen = useDriver(value);
  const isSearching = q.length > 0;
  const found = api.useQuery(
    'get',
    '/api/v1/drivers',
    { params: { query: { page_size: 20, ...(isSearching ? { q } : {}) } } },
    { placeholderData: keepPreviousData },
  );
  const matches = found.data?.items ?? [];
  // until the answer arrives, the loaded options are filtered here: Enter must never choose a driver that does not match
  const isAnswered = q === typed.trim() && !found.isPlaceholderData;
  const best = isSearching ? bestMatch(matches, typed)?.id : undefined;
  return {
    q,
    options: withDriver(matches, chosen).map((driver) => ({ value: `${driver.id}`, label: labelOf(driver) })),
    isFetching: found.isFetching,
    isAnswered,
    best: best === undefined ? undefined : `${best}`,
  };
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
