import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays, formatWeek, sundayOf } from '../format';

interface WeekPickerProps {
  /** The Sunday of the week; null before the first choice */
  readonly value: string | null;
  readonly onChange: (sunday: string) => void;
  /** Today according to the service */
  readonly today: string | undefined;
  /** The first and the last option, in weeks from the current week */
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly description?: string;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly error?: ReactNode;
}

/** Lists payment weeks, so that only a Sunday can be chosen. */
export function WeekPicker({ today, from, to, value, onChange, ...rest }: WeekPickerProps): ReactNode {
  const { t } = useTranslation();
  const current = today && sundayOf(today);
  const weeks = current
    ? Array.from({ length: to - from + 1 }, (_, index) => addDays(current, (from + index) * 7))
    : [];
  const suffix = (sunday: string): string => {
    if (sunday === current) return ` · ${t('week.current')}`;
    return current !== undefined && sunday === addDays(current, 7) ? ` · ${t('week.next')}` : '';
  };
  return (
    <NativeSelect
      {...rest}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        ...(value === null ? [{ value: '', label: t('week.choose'), disabled: true }] : []),
        ...weeks.map((sunday) => ({ value: sunday, label: formatWeek(sunday) + suffix(sunday) })),
      ]}
    />
  );
}
