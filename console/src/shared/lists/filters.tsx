import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateField } from '../forms/date-field';
import { DriverPicker } from '../forms/driver-picker';
import type { ListState } from './list-state';
import type { StatusName } from '../values/status';

interface FilterProps<Filter extends string> {
  readonly state: ListState<Filter>;
  readonly name: Filter;
  readonly label: string;
}

/** Searches while the user types, 250 ms after the last key. */
export function TextFilter<Filter extends string>({
  state,
  name,
  label,
  placeholder,
}: FilterProps<Filter> & { readonly placeholder?: string }): ReactNode {
  const current = state.filters[name] ?? '';
  const [typed, setTyped] = useState(current);
  const input = useRef<HTMLInputElement>(null);
  // the address has changed, for example by “Clear filters” or “Back”. While the user types, the change is only an earlier key
  useEffect(() => {
    if (input.current !== document.activeElement) setTyped(current);
  }, [current]);
  const search = useDebouncedCallback((value: string) => set(state, name, value.trim()), 250);
  return (
    <TextInput
      ref={input}
      label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={15} />}
      w={{ sm: 210 }}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        search(event.currentTarget.value);
      }}
    />
  );
}

export function StatusFilter<Filter extends string>({
  state,
  name,
  label,
  options,
}: FilterProps<Filter> & { readonly options: readonly StatusName[] }): ReactNode {
  const { t } = useTranslation();
  const choices = options.map((value) => ({ value, label: t(`status.${value}`) }));
  return <ChoiceFilter state={state} name={name} label={label} options={choices} />;
}

interface ChoiceFilterProps<Filter extends string> extends FilterProps<Filter> {
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

export function ChoiceFilter<Filter extends string>({
  state,
  name,
  label,
  options,
}: ChoiceFilterProps<Filter>): ReactNode {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={label}
      data={[{ value: '', label: t('list.any') }, ...options]}
      value={state.filters[name] ?? ''}
      onChange={(event) => set(state, name, event.currentTarget.value)}
    />
  );
}

export function DriverFilter<Filter extends string>({
  state,
  name,
}: Omit<FilterProps<Filter>, 'label'>): ReactNode {
  const id = state.filters[name];
  return (
    <DriverPicker
      value={id === undefined ? null : parseInt(id, 10)}
      onChange={(chosen) => set(state, name, chosen === null ? '' : `${chosen}`)}
      w={200}
    />
  );
}

interface DateRangeFilterProps<Filter extends string> {
  readonly state: ListState<Filter>;
  /** The names of the first and of the last day */
  readonly names: readonly [from: Filter, to: Filter];
  readonly labels: readonly [from: string, to: string];
}

/** The first and the last day of a list. Shows an error if the first is after the last. */
export function DateRangeFilter<Filter extends string>({
  state,
  names,
  labels,
}: DateRangeFilterProps<Filter>): ReactNode {
  const { t } = useTranslation();
  const [from, to] = names.map((name) => state.filters[name]);
  const isReversed = from !== undefined && to !== undefined && from > to;
  const error = isReversed && t('list.reversed', { from: labels[0], to: labels[1] });
  return (
    <>
      <DateFilter state={state} name={names[0]} label={labels[0]} error={error} />
      <DateFilter state={state} name={names[1]} label={labels[1]} />
    </>
  );
}

export function DateFilter<Filter extends string>({
  state,
  name,
  label,
  error,
}: FilterProps<Filter> & { readonly error?: ReactNode }): ReactNode {
  return (
    <DateField
      label={label}
      error={error}
      w={{ sm: 140 }}
      // the inputs are side by side: an error below one would move it up
      inputWrapperOrder={['label', 'error', 'input']}
      value={state.filters[name] ?? ''}
      onChange={(date) => set(state, name, date ?? '')}
    />
  );
}

function set<Filter extends string>(state: ListState<Filter>, name: Filter, value: string): void {
  state.setFilters({ [name]: value || undefined } as Partial<Record<Filter, string>>);
}
