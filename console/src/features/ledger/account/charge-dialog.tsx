import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { useDryRun } from '../../../shared/forms/use-dry-run';
import { useWrite } from '../../../shared/forms/use-write';
import { ConfirmDialog } from '../../../shared/forms/confirm-dialog';
import { DateField } from '../../../shared/forms/date-field';
import { addDays, formatDollars, isZero, sundayOf } from '../../../shared/format';
import { AmountField } from '../../../shared/forms/payment-fields';
import { Preview } from '../../../shared/forms/preview';
import { TotalsList } from '../../../shared/values/totals-list';
import { useBusinessDate } from '../../../shared/posting-schedule';
import { WeekPicker } from '../../../shared/forms/week-picker';
import type { Charge } from './charge';
import { CHARGED, chargeOf, EMPTY_CHARGE } from './charge';
import { Field } from '../../../shared/forms/form-errors';

/** Payment weeks that a charge may be away (docs/domain.md, "Plausible entries"). */
const WEEKS_AWAY = 52;

interface ChargeDialogProps {
  readonly account: { readonly driverId: number; readonly leaseId: number };
  readonly onClose: () => void;
}

/** A toll, a ticket, a repair: what a driver owes under a lease, in its category. */
export function ChargeDialog({ account, onClose }: ChargeDialogProps): ReactNode {
  const { t } = useTranslation();
  const today = useBusinessDate();
  const [charge, setCharge] = useState<Charge>(EMPTY_CHARGE);
  const change = (changes: Partial<Charge>): void => setCharge((before) => ({ ...before, ...changes }));
  const week = charge.week ?? (today === undefined ? null : sundayOf(today));
  const body = chargeOf({ ...charge, week }, account);
  const { query, isCurrent } = useDryRun('charge', body, (asked) =>
    client.POST('/api/v1/ledger/obligations', { body: { ...asked, dry_run: true } }),
  );
  const charging = useWrite(
    (asked: Schemas['RecordObligationDto'], key) =>
      client.POST('/api/v1/ledger/obligations', {
        params: { header: { 'Idempotency-Key': key } },
        body: asked,
      }),
    {
      successMessage: ({ posting }) =>
        t('ledger.charge.done', {
          amount: formatDollars(posting.amount),
          id: posting.posting_id ?? '',
        }),
      onSuccess: onClose,
    },
  );
  return (
    <ConfirmDialog
      title={t('ledger.charge.title')}
      text={t('ledger.charge.text')}
      onClose={onClose}
      onConfirm={() => body && charging.mutate(body)}
      confirmLabel={t('ledger.charge.submit', { amount: formatDollars(`${body?.amount ?? '0.00'}`) })}
      canConfirm={body !== null && isCurrent}
      isSending={charging.isPending}
      error={charging.error}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Field of="category">
          <NativeSelect
            label={t('field.category')}
            data={CHARGED.map((value) => ({ value, label: t(`category.${value}`) }))}
            value={charge.category}
            onChange={(event) => change({ category: event.currentTarget.value as Charge['category'] })}
          />
        </Field>
        <Field of="amount">
          <AmountField
            label={t('field.amount')}
            hasFocus
            value={charge.amount}
            onChange={(amount) => change({ amount })}
          />
        </Field>
        <Field of="payment_period_start">
          <WeekPicker
            label={t('field.week')}
            today={today}
            from={-WEEKS_AWAY}
            to={WEEKS_AWAY}
            value={week}
            onChange={(sunday) => change({ week: sunday })}
          />
        </Field>
        <Field of="due_date">
          <DateField
            label={t('field.due')}
            value={charge.dueDate === '' && week !== null ? addDays(week, 6) : charge.dueDate}
            onChange={(dueDate) => change({ dueDate })}
          />
        </Field>
        <Field of="reference_id">
          <TextInput
            label={t('ledger.charge.reference')}
            description={t('ledger.charge.referenceHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            required
            autoComplete="off"
            maxLength={80}
            value={charge.reference}
            onChange={(event) => change({ reference: event.currentTarget.value })}
          />
        </Field>
        <Field of="description">
          <TextInput
            label={t('ledger.pay.note')}
            autoComplete="off"
            maxLength={255}
            value={charge.note}
            onChange={(event) => change({ note: event.currentTarget.value })}
          />
        </Field>
      </SimpleGrid>
      {body !== null && <Preview query={query}>{(answer) => <Charged answer={answer} />}</Preview>}
    </ConfirmDialog>
  );
}

/** A credit of the driver pays the new debt at once. */
function Charged({
  answer: { balance, credit_used: used },
}: {
  readonly answer: Schemas['ObligationResponse'];
}): ReactNode {
  const { t } = useTranslation();
  return (
    <TotalsList
      lines={[
        { label: t('ledger.charge.charged'), amount: balance.original_amount },
        ...(isZero(used) ? [] : [{ label: t('ledger.pay.creditUsed'), amount: `-${used}` }]),
      ]}
      total={{ label: t('ledger.charge.owed'), amount: balance.outstanding_balance }}
    />
  );
}
