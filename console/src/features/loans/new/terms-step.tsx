import { Button, Group, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import { formatDollars, formatRate, parseRate } from '../../../shared/format';
import { Field } from '../../../shared/forms/form-errors';
import { AmountField } from '../../../shared/forms/payment-fields';
import { WeekPicker } from '../../../shared/forms/week-picker';
import { useBusinessDate } from '../../../shared/posting-schedule';
import type { Draft } from './draft';

/** A loan can start at most this many payment weeks ahead (docs/domain.md, "Loans"). */
const MAX_WEEKS_AHEAD = 52;

interface FieldsProps {
  readonly draft: Draft;
  readonly change: (changes: Partial<Draft>) => void;
}

interface TermsStepProps extends FieldsProps {
  /** Whether the preview belongs to the current terms */
  readonly isPreviewed: boolean;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

export function TermsStep({ draft, change, isPreviewed, onBack, onNext }: TermsStepProps): ReactNode {
  const { t } = useTranslation();
  const missing = [
    ...(draft.amount.trim() === '' ? [t('loans.new.amount')] : []),
    ...(draft.startWeek === null ? [t('loans.new.startWeek')] : []),
  ];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isPreviewed) onNext();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <AmountAndRate draft={draft} change={change} />
        <OtherTerms draft={draft} change={change} />
        {missing.length > 0 && (
          <Text size="sm" c="dimmed" role="status">
            {t('write.missing', { fields: missing.join(', ') })}
          </Text>
        )}
        <Group>
          <Button variant="default" onClick={onBack}>
            {t('write.back')}
          </Button>
          <Button type="submit" disabled={!isPreviewed}>
            {t('loans.new.toReview')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function AmountAndRate({ draft, change }: FieldsProps): ReactNode {
  const { t } = useTranslation();
  const { data: limits } = api.useQuery('get', '/api/v1/loans/terms', {}, { staleTime: Infinity });
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <Field of="loan_amount">
        <AmountField
          label={t('loans.new.amount')}
          description={limits && t('loans.new.amountHint', { amount: formatDollars(limits.max_loan_amount) })}
          hasFocus
          value={draft.amount}
          onChange={(amount) => change({ amount })}
        />
      </Field>
      <Field of="interest_rate">
        <TextInput
          label={t('loans.new.rate')}
          description={
            limits &&
            t('loans.new.rateHint', {
              most: formatRate(limits.max_interest_rate),
              byDefault: formatRate(limits.default_interest_rate),
            })
          }
          inputMode="decimal"
          autoComplete="off"
          rightSection="%"
          placeholder={limits?.default_interest_rate}
          error={parseRate(draft.rate) === null ? t('loans.new.rateInvalid') : undefined}
          value={draft.rate}
          onChange={(event) => change({ rate: event.currentTarget.value })}
        />
      </Field>
    </SimpleGrid>
  );
}

function OtherTerms({ draft, change }: FieldsProps): ReactNode {
  const { t } = useTranslation();
  const today = useBusinessDate();
  return (
    <>
      <Field of="start_week">
        <WeekPicker
          label={t('loans.new.startWeek')}
          description={t('loans.new.startWeekHint')}
          required
          today={today}
          from={0}
          to={MAX_WEEKS_AHEAD}
          value={draft.startWeek}
          onChange={(startWeek) => change({ startWeek })}
        />
      </Field>
      <Field of="purpose">
        <TextInput
          label={t('loans.new.purpose')}
          description={t('loans.new.purposeHint')}
          maxLength={255}
          value={draft.purpose}
          onChange={(event) => change({ purpose: event.currentTarget.value })}
        />
      </Field>
      <Field of="notes">
        <Textarea
          label={t('loans.new.notes')}
          description={t('loans.new.notesHint')}
          autosize
          minRows={2}
          value={draft.notes}
          onChange={(event) => change({ notes: event.currentTarget.value })}
        />
      </Field>
    </>
  );
}
