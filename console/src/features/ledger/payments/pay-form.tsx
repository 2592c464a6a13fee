import { NativeSelect, SimpleGrid } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AmountField, ReceiptNoteFields, ReferenceField } from '../../../shared/forms/payment-fields';
import { WeekPicker } from '../../../shared/forms/week-picker';
import type { Receipt } from './receipt';
import { KINDS } from './receipt';
import { Field } from '../../../shared/forms/form-errors';

const WEEKS_BACK = 12;

interface PayFormProps {
  readonly receipt: Receipt;
  readonly week: string | null;
  readonly today: string | undefined;
  readonly change: (changes: Partial<Receipt>) => void;
}

export function PayForm({ receipt, week, today, change }: PayFormProps): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Field of="amount">
          <AmountField
            label={t('ledger.pay.amount')}
            hasFocus
            value={receipt.amount}
            onChange={(amount) => change({ amount })}
          />
        </Field>
        <Field of="source_type">
          <NativeSelect
            label={t('ledger.posting.method')}
            required
            data={[
              ...(receipt.kind === null
                ? [{ value: '', label: t('ledger.posting.chooseMethod'), disabled: true }]
                : []),
              ...KINDS.map((value) => ({ value, label: t(`ledger.pay.kinds.${value}`) })),
            ]}
            value={receipt.kind ?? ''}
            onChange={(event) => change({ kind: event.currentTarget.value as Receipt['kind'] })}
          />
        </Field>
        <ReferenceField
          of="source_id"
          among="payments"
          value={receipt.reference}
          onChange={(reference) => change({ reference })}
        />
        <ReceiptNoteFields value={receipt} today={today} onChange={change} />
      </SimpleGrid>
      <Field of="payment_period_start">
        <WeekPicker
          label={t('ledger.pay.week')}
          today={today}
          from={-WEEKS_BACK}
          to={0}
          value={week}
          onChange={(sunday) => change({ week: sunday })}
        />
      </Field>
    </>
  );
}
