import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { readMoney } from '../../shared/format';
import { WeekPicker } from '../../shared/week-picker';
import type { Receipt } from './receipt';
import { KINDS } from './receipt';

const WEEKS_BACK = 12;

interface PayFormProps {
  readonly receipt: Receipt;
  readonly week: string | null;
  readonly today: string | undefined;
  readonly change: (changes: Partial<Receipt>) => void;
}

export function PayForm({ receipt, week, today, change }: PayFormProps): ReactNode {
  const { t } = useTranslation();
  const isAmount = receipt.amount === '' || readMoney(receipt.amount) !== null;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <TextInput
        label={t('ledger.pay.amount')}
        inputMode="decimal"
        autoComplete="off"
        autoFocus
        leftSection="$"
        error={!isAmount && t('write.amountInvalid')}
        value={receipt.amount}
        onChange={(event) => change({ amount: event.currentTarget.value })}
      />
      <WeekPicker
        label={t('ledger.pay.week')}
        today={today}
        from={-WEEKS_BACK}
        to={0}
        value={week}
        onChange={(sunday) => change({ week: sunday })}
      />
      <NativeSelect
        label={t('ledger.pay.kind')}
        data={KINDS.map((value) => ({ value, label: t(`ledger.pay.kinds.${value}`) }))}
        value={receipt.kind}
        onChange={(event) => change({ kind: event.currentTarget.value as Receipt['kind'] })}
      />
      <TextInput
        label={t('ledger.pay.reference')}
        placeholder={t('ledger.pay.referenceHint')}
        autoComplete="off"
        maxLength={64}
        value={receipt.reference}
        onChange={(event) => change({ reference: event.currentTarget.value })}
      />
    </SimpleGrid>
  );
}
