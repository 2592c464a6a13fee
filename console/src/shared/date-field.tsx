import type { TextInputProps } from '@mantine/core';
import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface DateFieldProps extends Pick<
  TextInputProps,
  'label' | 'description' | 'required' | 'max' | 'w' | 'inputWrapperOrder' | 'error'
> {
  /** `YYYY-MM-DD`, '' for no date, null while what is typed is no whole date */
  readonly value: string | null;
  readonly onChange: (date: string | null) => void;
  readonly 'data-autofocus'?: boolean;
}

/**
 * A date, typed or chosen. The input keeps its own text: a year of which one digit is typed is a date to the browser already
 * (0002-09-01), and an input whose value is set during typing loses the rest.
 */
export function DateField({ value, onChange, error, ...rest }: DateFieldProps): ReactNode {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const told = useRef(value);
  const [isUnfinished, setUnfinished] = useState(false);
  const tell = (): string | null => {
    const date = input.current && dateIn(input.current);
    if (date !== told.current) {
      told.current = date;
      onChange(date);
    }
    return date;
  };
  useEffect(() => {
    // set from outside: filters cleared, or the browser went back. What arrives while one types is an echo of an earlier key
    const isTyping = input.current === document.activeElement;
    if (input.current === null || isTyping || (value ?? '') === (told.current ?? '')) return;
    input.current.value = value ?? '';
    told.current = value;
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
      onChange={() => tell() !== null && setUnfinished(false)}
      onBlur={() => setUnfinished(tell() === null)}
    />
  );
}

/** The date in the input; '' where it is empty, null where it holds a part of one. */
function dateIn({ value, validity }: HTMLInputElement): string | null {
  if (validity.badInput) return null;
  return value === '' || /^[12]\d{3}-\d{2}-\d{2}$/.test(value) ? value : null;
}
