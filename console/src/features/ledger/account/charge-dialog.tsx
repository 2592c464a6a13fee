import { NativeSelect, SimpleGrid, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { addDays, formatDollars, isZero, sundayOf } from '../../../shared/format';
import { ConfirmDialog } from '../../../shared/forms/confirm-dialog';
import { DateField } from '../../../shared/forms/date-field';
import { deleteDraft, useDraft } from '../../../shared/forms/draft';
import { DraftNotice } from '../../../shared/forms/draft-notice';
import { Field } from '../../../shared/forms/form-errors';
import { AmountField } from '../../../shared/forms/payment-fields';
import { Preview } from '../../../shared/forms/preview';
import { useDryRun } from '../../../shared/forms/use-dry-run';
import { useWrite } from '../../../shared/forms/use-write';
import { WeekPicker } from '../../../shared/forms/week-picker';
import { useBusinessDate } from '../../../shared/posting-schedule';
import { TotalsList } from '../../../shared/values/totals-list';
import type { Charge } from './charge';
import { CHARGE_CATEGORIES, chargeForm, EMPTY_CHARGE, toObligation } from './charge';

/** The API accepts payment weeks at most this far away (docs/domain.md, "Plausible entries"). */
const MAX_WEEKS_AWAY = 52;

interface ChargeDialogProps {
  readonly account: { readonly driverId: number; readonly leaseId: number };
  readonly onClose: () => void;
}

/** Records what a driver owes under a lease, for example a toll, a ticket or a repair. */
export function ChargeDialog({ account, onClose }: ChargeDialogProps): ReactNode {
  const { t } = useTranslation();
  const today = useBusinessDate();
  const form = chargeForm(account);
  const draft = useDraft<Charge>(form, (stored) => stored ?? EMPTY_CHARGE);
  const { input: charge, setInput: setCharge, discard } = draft;
  const close = (): void => {
    deleteDraft(form);
    onClose();
  };
  const week = charge.week ?? (today === undefined ? null : sundayOf(today));
  const obligation = toObligation({ ...charge, week }, account);
  const { query, isCurrent } = useDryRun('charge', obligation, (body) =>
    client.POST('/api/v1/ledger/obligations', { body: { ...body, dry_run: true } }),
  );
  const charging = useWrite(
    (body: Schemas['RecordObligationDto'], key) =>
      client.POST('/api/v1/ledger/obligations', { params: { header: { 'Idempotency-Key': key } }, body }),
    {
      successMessage: ({ posting }) =>
        t('ledger.charge.done', { amount: formatDollars(posting.amount), id: posting.posting_id ?? '' }),
      preview: query,
      onSuccess: close,
    },
  );
  return (
    <ConfirmDialog
      title={t('ledger.charge.title')}
      text={t('ledger.charge.text')}
      onClose={close}
      onConfirm={() => obligation && charging.mutate(obligation)}
      confirmLabel={t('ledger.charge.submit', { amount: formatDollars(`${obligation?.amount ?? '0.00'}`) })}
      canConfirm={obligation !== null && isCurrent}
      isSending={charging.isPending}
      error={charging.error}
    >
      <DraftNotice discard={discard} />
      <ChargeFields
        charge={charge}
        week={week}
        today={today}
        onChange={(changes) => setCharge((previous) => ({ ...previous, ...changes }))}
      />
      <MissingFields charge={charge} />
      {obligation !== null && <Preview query={query}>{(answer) => <ChargeTotals answer={answer} />}</Preview>}
    </ConfirmDialog>
  );
}

function MissingFields({ charge }: { readonly charge: Charge }): ReactNode {
  const { t } = useTranslation();
  const missing = [
    ...(charge.category === null ? [t('field.category')] : []),
    ...(charge.amount.trim() === '' ? [t('field.amount')] : []),
    ...(charge.reference.trim() === '' ? [t('ledger.charge.reference')] : []),
  ];
  if (missing.length === 0) return null;
  return (
    <Text size="sm" c="dimmed" role="status">
      {t('write.missing', { fields: missing.join(', ') })}
    </Text>
  );
}

interface ChargeFieldsProps {
  readonly charge: Charge;
  readonly week: string | null;
  readonly today: string | undefined;
  readonly onChange: (changes: Partial<Charge>) => void;
}

function ChargeFields({ charge, week, today, onChange }: ChargeFieldsProps): ReactNode {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <Field of="category">
        <NativeSelect
          label={t('field.category')}
          required
          data={[
            ...(charge.category === null
              ? [{ value: '', label: t('ledger.charge.chooseCategory'), disabled: true }]
              : []),
            ...CHARGE_CATEGORIES.map((value) => ({ value, label: t(`category.${value}`) })),
          ]}
          value={charge.category ?? ''}
          onChange={(event) => onChange({ category: event.currentTarget.value as Charge['category'] })}
        />
      </Field>
      <Field of="amount">
        <AmountField
          label={t('field.amount')}
          hasFocus
          value={charge.amount}
          onChange={(amount) => onChange({ amount })}
        />
      </Field>
      <Field of="payment_period_start">
        <WeekPicker
          label={t('field.week')}
          today={today}
          from={-MAX_WEEKS_AWAY}
          to={MAX_WEEKS_AWAY}
          value={week}
          onChange={(sunday) => onChange({ week: sunday })}
        />
      </Field>
      <Field of="due_date">
        <DateField
          label={t('field.due')}
          value={charge.dueDate === '' && week !== null ? addDays(week, 6) : charge.dueDate}
          onChange={(dueDate) => onChange({ dueDate })}
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
          onChange={(event) => onChange({ reference: event.currentTarget.value })}
        />
      </Field>
      <Field of="description">
        <TextInput
          label={t('ledger.pay.note')}
          autoComplete="off"
          maxLength={255}
          value={charge.note}
          onChange={(event) => onChange({ note: event.currentTarget.value })}
        />
      </Field>
    </SimpleGrid>
  );
}

/** A credit of the driver pays the new charge at once. */
function ChargeTotals({ answer }: { readonly answer: Schemas['ObligationResponse'] }): ReactNode {
  const { t } = useTranslation();
  const { balance, credit_used: creditUsed } = answer;
  return (
    <TotalsList
      lines={[
        { label: t('ledger.charge.charged'), amount: balance.original_amount },
        ...(isZero(creditUsed) ? [] : [{ label: t('ledger.pay.creditUsed'), amount: `-${creditUsed}` }]),
      ]}
      total={{ label: t('ledger.charge.owed'), amount: balance.outstanding_balance }}
    />
  );
}
