import { Button, Paper, Stack, Text, TextInput } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fileErrorOf } from '../../shared/forms/csv-file';
import { CsvFileField } from '../../shared/forms/csv-file-field';
import { FileProgress } from '../../shared/forms/file-progress';
import { Field } from '../../shared/forms/form-errors';
import { WeekPicker } from '../../shared/forms/week-picker';
import { sundayOf } from '../../shared/format';
import { ProblemAlert } from '../../shared/page/problem-alert';
import { useBusinessDate } from '../../shared/posting-schedule';
import { RunningRun } from './run-progress';
import type { SettlementTerms } from './settlement-file';
import { toTakeHome } from './settlement-file';

/** The oldest week that can be chosen here. The API also accepts older ones. */
const WEEKS_BACK = 12;

export interface PreviewRequest {
  readonly file: File;
  readonly terms: SettlementTerms;
}

/** What the service is doing with the file */
export type Work = 'preview' | 'settlement' | null;

interface SettlementFormProps {
  /** Any input has changed, so that an earlier preview is no longer what would be sent */
  readonly onChange: () => void;
  readonly onPreview: (request: PreviewRequest) => void;
  /** After the preview the settlement is the main button */
  readonly hasPreview: boolean;
  readonly work: Work;
  readonly error: unknown;
}

interface Input {
  readonly file: File | null;
  /** Null before the first choice: the current week */
  readonly week: string | null;
  /** As typed */
  readonly takeHome: string;
}

/** The file with the earnings, its payment week, and what each driver keeps at least. */
export function SettlementForm(props: SettlementFormProps): ReactNode {
  const { hasPreview, work, error } = props;
  const { t } = useTranslation();
  const today = useBusinessDate();
  const [typed, setTyped] = useState<Input>({ file: null, week: null, takeHome: '' });
  const input = { ...typed, week: typed.week ?? (today === undefined ? null : sundayOf(today)) };
  const request = requestOf(input);
  const change = (changes: Partial<Input>): void => {
    setTyped((previous) => ({ ...previous, ...changes }));
    props.onChange();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (request) props.onPreview(request);
  };
  return (
    <Paper p={{ base: 'md', sm: 'xl' }} component="form" onSubmit={submit}>
      <Stack gap="lg">
        <CsvFileField file={input.file} onFile={(file) => change({ file })} isDisabled={work !== null} />
        <Text size="sm" c="dimmed">
          {t('settlement.columns')}
        </Text>
        <TermsFields input={input} today={today} isDisabled={work !== null} onChange={change} />
        <div>
          <Button
            type="submit"
            fullWidth
            variant={hasPreview ? 'default' : 'filled'}
            disabled={request === null || work === 'settlement'}
            loading={work === 'preview'}
          >
            {t('settlement.preview')}
          </Button>
          <div role="status">
            {work === 'preview' && <FileProgress />}
            {work === 'settlement' && <RunningRun />}
          </div>
        </div>
        {error !== null && <ProblemAlert error={error} />}
      </Stack>
    </Paper>
  );
}

/** Null while the input is incomplete or invalid. */
function requestOf({ file, week, takeHome: typed }: Input): PreviewRequest | null {
  const takeHome = toTakeHome(typed);
  if (file === null || fileErrorOf(file) !== null || week === null || takeHome === null) return null;
  return { file, terms: { week, takeHome } };
}

interface TermsFieldsProps {
  readonly input: Input;
  /** Today according to the service */
  readonly today: string | undefined;
  readonly isDisabled: boolean;
  readonly onChange: (changes: Partial<Input>) => void;
}

function TermsFields({ input, today, isDisabled, onChange }: TermsFieldsProps): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Field of="payment_period_start">
        <WeekPicker
          label={t('field.week')}
          today={today}
          from={-WEEKS_BACK}
          to={0}
          value={input.week}
          disabled={isDisabled}
          onChange={(week) => onChange({ week })}
        />
      </Field>
      <Field of="min_take_home">
        <TextInput
          label={t('settlement.takeHome')}
          description={t('settlement.takeHomeHint')}
          autoComplete="off"
          maxLength={20}
          disabled={isDisabled}
          error={toTakeHome(input.takeHome) === null && t('settlement.takeHomeInvalid')}
          value={input.takeHome}
          onChange={(event) => onChange({ takeHome: event.currentTarget.value })}
        />
      </Field>
    </>
  );
}
