import { Box, Grid, Paper, Stepper, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { usePermission } from '../../../api/session';
import { NotAllowedPage } from '../../../shared/page/error-pages';
import { StatGrid } from '../../../shared/values/stat-grid';
import { formatDate, formatDollars } from '../../../shared/format';
import { PageHeader } from '../../../shared/page/page-header';
import { QueryState } from '../../../shared/page/query-state';
import { PlannedSchedule } from '../schedule-table';
import type { Draft } from './draft';
import { EMPTY_DRAFT, LOAN_FORM, toTerms } from './draft';
import { DriverStep } from './driver-step';
import { ReviewStep } from './review-step';
import { TermsStep } from './terms-step';
import classes from './new-loan.module.css';
import { useDraft } from '../../../shared/forms/draft';
import { DraftNotice } from '../../../shared/forms/draft-notice';
import { FormScope } from '../../../shared/forms/form-errors';

type Preview = Schemas['LoanPreviewResponse'];

/** The current step and the input of the user. */
interface Progress {
  readonly step: number;
  readonly draft: Draft;
}

/** Creates a loan in three steps: driver and lease, terms, review. The schedule is next to them (docs/domain.md, "Operation"). */
export function NewLoanPage(): ReactNode {
  const mayCreate = usePermission('loans:create');
  return mayCreate ? <NewLoan /> : <NotAllowedPage permissions={['loans:create']} />;
}

function NewLoan(): ReactNode {
  const { t } = useTranslation();
  const [parameters] = useSearchParams();
  const drafted = useDraft<Progress>(LOAN_FORM, (stored) => initialProgress(parameters, stored));
  const { input: progress, setInput: setProgress, discard } = drafted;
  const { step, draft } = progress;
  const setStep = (next: number): void => setProgress((before) => ({ ...before, step: next }));
  const change = useCallback(
    (changes: Partial<Draft>) =>
      setProgress((before) => ({ ...before, draft: { ...before.draft, ...changes } })),
    [setProgress],
  );
  const terms = toTerms(draft);
  const { preview, isCurrent } = usePreview(terms);
  return (
    <div>
      <PageHeader title={t('loans.new.title')} breadcrumbs={[{ label: t('loans.title'), to: '/loans' }]} />
      <FormScope>
        <Grid gap="xl">
          <Grid.Col span={{ base: 12, lg: 5 }}>
            <Paper p={{ base: 'md', sm: 'xl' }}>
              <Stepper
                active={step}
                onStepClick={setStep}
                allowNextStepsSelect={false}
                size="xs"
                mb="lg"
                classNames={classes}
              >
                <Stepper.Step label={t('loans.new.steps.driver')} />
                <Stepper.Step label={t('loans.new.steps.terms')} />
                <Stepper.Step label={t('loans.new.steps.review')} />
              </Stepper>
              <DraftNotice discard={discard} />
              {step === 0 && <DriverStep draft={draft} change={change} onNext={() => setStep(1)} />}
              {step === 1 && (
                <TermsStep
                  draft={draft}
                  change={change}
                  isPreviewed={isCurrent}
                  onBack={() => setStep(0)}
                  onNext={() => setStep(2)}
                />
              )}
              {step === 2 && terms && preview.data && (
                <ReviewStep terms={terms} preview={preview.data} onBack={() => setStep(1)} />
              )}
            </Paper>
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 7 }}>
            <Title order={2} mb="sm">
              {t('loans.new.schedule')}
            </Title>
            {terms ? (
              <SchedulePreview query={preview} />
            ) : (
              <Text c="dimmed" size="sm">
                {t('loans.new.scheduleEmpty')}
              </Text>
            )}
          </Grid.Col>
        </Grid>
      </FormScope>
    </div>
  );
}

/** The stored draft, unless the address names another driver, as the link on the page of a driver does. */
function initialProgress(parameters: URLSearchParams, stored: Progress | null): Progress {
  const id = (name: string): number | null => {
    const given = parseInt(parameters.get(name) ?? '', 10);
    return given > 0 ? given : null;
  };
  const requested = { ...EMPTY_DRAFT, driverId: id('driver_id'), leaseId: id('lease_id') };
  const isOtherDriver = requested.driverId !== null && requested.driverId !== stored?.draft.driverId;
  return stored === null || isOtherDriver ? { step: 0, draft: requested } : stored;
}

/** The schedule of the terms, loaded shortly after the last key. `isCurrent` if it belongs to the current input. */
function usePreview(terms: Schemas['CreateLoanDto'] | null): {
  preview: UseQueryResult<Preview, unknown>;
  isCurrent: boolean;
} {
  const typed = JSON.stringify(terms);
  const [debounced] = useDebouncedValue(typed, 200);
  const body = JSON.parse(debounced) as Schemas['CreateLoanDto'] | null;
  const preview = api.useQuery(
    'post',
    '/api/v1/loans/preview',
    { body: body ?? ({} as Schemas['CreateLoanDto']) },
    { enabled: body !== null, placeholderData: keepPreviousData },
  );
  const isCurrent = debounced === typed && body !== null && preview.isSuccess && !preview.isPlaceholderData;
  return { preview, isCurrent };
}

function SchedulePreview({ query }: { readonly query: UseQueryResult<Preview, unknown> }): ReactNode {
  const { t } = useTranslation();
  return (
    <QueryState query={query} lines={6}>
      {(preview) => (
        <Box style={{ opacity: query.isPlaceholderData ? 0.55 : 1 }} aria-live="polite">
          <StatGrid
            stats={[
              { label: t('loans.new.weekly'), value: formatDollars(preview.weekly_principal) },
              { label: t('loans.new.installments'), value: preview.installments.length },
              { label: t('loans.new.totalInterest'), value: formatDollars(preview.total_interest) },
              { label: t('loans.new.totalPayable'), value: formatDollars(preview.total_payable) },
              { label: t('loans.new.lastWeek'), value: formatDate(preview.end_week) },
            ]}
          />
          <PlannedSchedule plan={preview} />
        </Box>
      )}
    </QueryState>
  );
}
