import type { TextInputProps } from '@mantine/core';
import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface DateFieldProps extends Pick<
  TextInputProps,
  'label' | 'description' | 'required' | 'max' | 'w' | 'inputWrapperOrder' | 'error'
> {
  /** `YYYY-MM-DD`; '' for no date; null while the typed date is incomplete */
  readonly value: string | null;
  readonly onChange: (date: string | null) => void;
  readonly 'data-autofocus'?: boolean;
}

/**
 * A date, typed or chosen. The input is uncontrolled: after the first digit of the year the browser already reports a date
 * (0002-09-01), and setting the value of an input during typing would lose the other digits.
 */
export function DateField({ value, onChange, error, ...rest }: DateFieldProps): ReactNode {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const reported = useRef(value);
  const [isUnfinished, setUnfinished] = useState(false);
  const report = (): string | null => {
    const date = input.current && dateIn(input.current);
    if (date !== reported.current) {
      reported.current = date;
      onChange(date);
    }
    return date;
  };
  useEffect(() => {
    // the value has changed, for example by “Clear filters” or “Back”. While the user types, the change is only an earlier key
    const isTyping = input.current === document.activeElement;
    if (input.current === null || isTyping || (value ?? '') === (reported.current ?? '')) return;
    input.current.value = value ?? '';
    reported.current = value;
    setUnfinished(false);
  }, [value]);
  return (
    <TextInput
      max="9999-12-31"
      {...rest}
      ref={input}
      type="date"
      defaultValue={value ?? ''}
      error={isUnfinished ? t('write.dateInvalid') : error}
      onChange={() => report() !== null && setUnfinished(false)}
      onBlur={() => setUnfinished(report() === null)}
    />
  );
}

/** The date of the input; '' if it is empty; null if the date is incomplete. */
function dateIn({ value, validity }: HTMLInputElement): string | null {
  if (validity.badInput) return null;
  return value === '' || /^[12]\d{3}-\d{2}-\d{2}$/.test(value) ? value : null;
}
