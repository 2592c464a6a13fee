import { NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { DateField } from './date-field';
import { readMoney } from './format';

interface FieldProps {
  readonly value: string;
  readonly onChange: (typed: string) => void;
  /** The first field to fill in */
  readonly hasFocus?: boolean;
}

interface AmountFieldProps extends FieldProps {
  readonly description?: string;
  readonly label: string;
}

/** An amount in dollars, as typed. */
export function AmountField({ value, onChange, hasFocus, ...rest }: AmountFieldProps): ReactNode {
  const { t } = useTranslation();
  return (
    <TextInput
      {...rest}
      inputMode="decimal"
      autoComplete="off"
      autoFocus={hasFocus}
      data-autofocus={hasFocus}
      leftSection="$"
      error={value !== '' && readMoney(value) === null && t('write.amountInvalid')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** The number of the receipt, check or transfer: the service takes each once. */
export function ReferenceField({ value, onChange, hasFocus }: FieldProps): ReactNode {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t('ledger.pay.reference')}
      placeholder={t('ledger.pay.referenceHint')}
      data-autofocus={hasFocus}
      autoComplete="off"
      maxLength={64}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

export type Method = NonNullable<Schemas['RecoverLoanDto']['method']>;

export const METHODS: readonly Method[] = ['CASH', 'CHECK', 'CARD', 'TRANSFER', 'EARNINGS', 'OTHER'];

interface MethodFieldProps {
  readonly methods: readonly Method[];
  readonly value: Method;
  readonly onChange: (method: Method) => void;
}

/** How the money moves. */
export function MethodField({ methods, value, onChange }: MethodFieldProps): ReactNode {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t('ledger.posting.method')}
      data={methods.map((method) => ({ value: method, label: t(`ledger.posting.methods.${method}`) }))}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value as Method)}
    />
  );
}

/** When the money came in, and what the cashier notes about it; as typed. */
export interface ReceiptNote {
  /** '' for today, null while it is no whole date */
  readonly receivedOn: string | null;
  readonly note: string;
}

export const EMPTY_NOTE: ReceiptNote = { receivedOn: '', note: '' };

/** As the API takes it; null while the day is no whole date. */
export function noteOf({ receivedOn, note }: ReceiptNote): { received_on?: string; note?: string } | null {
  if (receivedOn === null) return null;
  return { received_on: receivedOn || undefined, note: note.trim() || undefined };
}

interface ReceiptNoteFieldsProps {
  readonly value: ReceiptNote;
  /** Today by the service's clock */
  readonly today: string | undefined;
  readonly onChange: (changes: Partial<ReceiptNote>) => void;
}

export function ReceiptNoteFields({ value, today, onChange }: ReceiptNoteFieldsProps): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <DateField
        label={t('ledger.posting.receivedOn')}
        max={today}
        value={value.receivedOn === '' ? (today ?? '') : value.receivedOn}
        onChange={(receivedOn) => onChange({ receivedOn })}
      />
      <TextInput
        label={t('ledger.pay.note')}
        autoComplete="off"
        maxLength={255}
        value={value.note}
        onChange={(event) => onChange({ note: event.currentTarget.value })}
      />
    </>
  );
}
