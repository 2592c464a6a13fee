import { NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { codesOf, labels } from '../../i18n/code-lists';
import type { Schemas } from '../../api/client';
import { DateField } from './date-field';
import { Field } from './form-errors';
import { isZero, parseMoney } from '../format';

interface FieldProps {
  readonly value: string;
  readonly onChange: (typed: string) => void;
  /** Whether the field has the focus at first */
  readonly hasFocus?: boolean;
  readonly error?: ReactNode;
}

interface AmountFieldProps extends FieldProps {
  readonly description?: string;
  readonly label: string;
}

/** An amount in dollars, as typed. */
export function AmountField({ value, onChange, hasFocus, error, ...rest }: AmountFieldProps): ReactNode {
  const { t } = useTranslation();
  const amount = parseMoney(value);
  const isInvalid = value !== '' && amount === null;
  const zeroError = amount !== null && isZero(amount) ? t('write.amountZero') : error;
  return (
    <TextInput
      {...rest}
      inputMode="decimal"
      autoComplete="off"
      autoFocus={hasFocus}
      data-autofocus={hasFocus}
      leftSection="$"
      required
      error={isInvalid ? t('write.amountInvalid') : zeroError}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface ReferenceFieldProps extends FieldProps {
  /** The field of the API */
  readonly of: string;
  /** The group in which the number is unique */
  readonly among: 'payments' | 'recoveries' | 'refunds' | 'payoffs';
}

/** The number of the receipt, check or transfer. The service accepts each number only once. */
export function ReferenceField({ of, among, value, onChange, hasFocus }: ReferenceFieldProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Field of={of}>
      <TextInput
        label={t('ledger.pay.reference')}
        description={t(`ledger.pay.referenceOnce.${among}`)}
        // the inputs are side by side: a description above this one would move it down
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        required
        data-autofocus={hasFocus}
        autoComplete="off"
        maxLength={64}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </Field>
  );
}

export type Method = NonNullable<Schemas['RecoverLoanDto']['method']>;

export const METHODS: readonly Method[] = codesOf(labels.payment_method);

interface MethodFieldProps {
  readonly methods: readonly Method[];
  /** Null before the user has chosen: a default would be recorded unnoticed */
  readonly value: Method | null;
  readonly onChange: (method: Method) => void;
  readonly error?: ReactNode;
}

/** The payment method. */
export function MethodField({ methods, value, onChange, error }: MethodFieldProps): ReactNode {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t('ledger.posting.method')}
      required
      error={error}
      data={[
        ...(value === null ? [{ value: '', label: t('ledger.posting.chooseMethod'), disabled: true }] : []),
        ...methods.map((method) => ({ value: method, label: t(`ledger.posting.methods.${method}`) })),
      ]}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value as Method)}
    />
  );
}

/** The day of receipt and a note, as typed. */
export interface ReceiptNote {
  /** '' for today; null while the date is incomplete */
  readonly receivedOn: string | null;
  readonly note: string;
}

export const EMPTY_NOTE: ReceiptNote = { receivedOn: '', note: '' };

/** The note in the form of the API; null while the date is incomplete. */
export function toReceiptNote({
  receivedOn,
  note,
}: ReceiptNote): { received_on?: string; note?: string } | null {
  if (receivedOn === null) return null;
  return { received_on: receivedOn || undefined, note: note.trim() || undefined };
}

interface ReceiptNoteFieldsProps {
  readonly value: ReceiptNote;
  /** Today according to the service */
  readonly today: string | undefined;
  readonly onChange: (changes: Partial<ReceiptNote>) => void;
  /** The field of the API that contains these fields */
  readonly within?: string;
}

export function ReceiptNoteFields({ value, today, onChange, within }: ReceiptNoteFieldsProps): ReactNode {
  const { t } = useTranslation();
  const prefix = within === undefined ? '' : `${within}.`;
  return (
    <>
      <Field of={`${prefix}received_on`}>
        <DateField
          label={t('ledger.posting.receivedOn')}
          max={today}
          value={value.receivedOn === '' ? (today ?? '') : value.receivedOn}
          onChange={(receivedOn) => onChange({ receivedOn })}
        />
      </Field>
      <Field of={`${prefix}note`}>
        <TextInput
          label={t('ledger.pay.note')}
          autoComplete="off"
          maxLength={255}
          value={value.note}
          onChange={(event) => onChange({ note: event.currentTarget.value })}
        />
      </Field>
    </>
  );
}
