import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, client } from '../../api/client';
import type { Schemas } from '../../api/client';
import { useWrite } from '../../shared/forms/use-write';
import { Dialog } from '../../shared/forms/dialog';
import { formatDollars, sundayOf } from '../../shared/format';
import { LoanPicker } from '../../shared/forms/loan-picker';
import { Preview } from '../../shared/forms/preview';
import { ProblemAlert } from '../../shared/page/problem-alert';
import { useBusinessDate } from '../../shared/posting-schedule';
import { WeekPicker } from '../../shared/forms/week-picker';
import { PostingErrors, PostingFigures } from './posting-result';
import { Field } from '../../shared/forms/form-errors';

type Result = Schemas['PostingResultResponse'];
type Request = Pick<Schemas['PostInstallmentsDto'], 'loan_id' | 'payment_period_start'>;

/** A run for a large fleet takes minutes. */
const TIMEOUT_MS = 15 * 60_000;

/** The oldest week that can be posted with this dialog. */
const WEEKS_BACK = 12;

interface PostDialogProps {
  /** The loan that is chosen when the dialog opens; null for all loans */
  readonly loan: string | null;
  readonly onClose: () => void;
}

/** Posts the installments of a week. A dry run must show the result first. */
export function PostDialog({ loan, onClose }: PostDialogProps): ReactNode {
  const { t } = useTranslation();
  const today = useBusinessDate();
  const [week, setWeek] = useState<string | null>(null);
  const [loanId, setLoanId] = useState(loan);
  const [dryRunRequest, setDryRunRequest] = useState<Request | null>(null);
  const chooseLoan = useCallback((chosenLoan: string | null) => {
    setLoanId(chosenLoan);
    setDryRunRequest(null);
  }, []);
  const chosen = week ?? (today === undefined ? null : sundayOf(today));
  const request: Request | null =
    chosen === null ? null : { payment_period_start: chosen, ...(loanId !== null && { loan_id: loanId }) };
  return (
    <Dialog title={t('posting.dialog.title')} onClose={onClose} size="lg">
      <Stack>
        <Text size="sm">{t('posting.dialog.text')}</Text>
        <Group align="flex-end" grow>
          <Field of="payment_period_start">
            <WeekPicker
              data-autofocus
              label={t('posting.dialog.week')}
              today={today}
              from={-WEEKS_BACK}
              to={1}
              value={chosen}
              onChange={(sunday) => {
                setWeek(sunday);
                setDryRunRequest(null);
              }}
            />
          </Field>
          <Field of="loan_id">
            <LoanPicker
              label={t('posting.dialog.loan')}
              placeholder={t('posting.dialog.loanHint')}
              value={loanId}
              onChange={chooseLoan}
            />
          </Field>
        </Group>
        {dryRunRequest === null ? (
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('write.cancel')}
            </Button>
            <Button disabled={request === null} onClick={() => setDryRunRequest(request)}>
              {t('posting.dialog.dryRun')}
            </Button>
          </Group>
        ) : (
          <DryRunResult request={dryRunRequest} isFutureWeek={isAfter(chosen, today)} onClose={onClose} />
        )}
      </Stack>
    </Dialog>
  );
}

const isAfter = (sunday: string | null, today: string | undefined): boolean =>
  sunday !== null && today !== undefined && sunday > today;

interface DryRunResultProps {
  readonly request: Request;
  /** A dry run can show a week that has not started, but the week cannot be posted */
  readonly isFutureWeek: boolean;
  readonly onClose: () => void;
}

/** The result of the dry run, and the button that posts it. */
function DryRunResult({ request, isFutureWeek, onClose }: DryRunResultProps): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const dryRun: UseQueryResult<Result, unknown> = api.useQuery(
    'post',
    '/api/v1/loans/installments/post',
    { body: { ...request, dry_run: true } },
    { gcTime: 0, refetchOnWindowFocus: false, staleTime: Infinity },
  );
  const posting = useWrite(
    (body: Request, key) =>
      client.POST('/api/v1/loans/installments/post', {
        body,
        params: { header: { 'Idempotency-Key': key } },
      }),
    {
      timeoutMs: TIMEOUT_MS,
      successMessage: ({ message }) => message,
      onSuccess: ({ run_id }) => {
        onClose();
        void navigate(`/posting/runs/${run_id}`);
      },
    },
  );
  const count = dryRun.data?.installments_posted ?? 0;
  const amount = formatDollars(dryRun.data?.total_amount_posted ?? '0.00');
  return (
    <>
      <Preview query={dryRun}>
        {(result) => (
          <>
            <PostingFigures result={result} />
            {isFutureWeek && <Text size="sm">{t('posting.dialog.coming')}</Text>}
            {count === 0 && !isFutureWeek && <Text size="sm">{t('posting.dialog.nothing')}</Text>}
            {result.errors && result.errors.length > 0 && <PostingErrors errors={result.errors} />}
          </>
        )}
      </Preview>
      {posting.isPending && <RunProgress />}
      {posting.error && <ProblemAlert error={posting.error} onSendAgain={() => posting.mutate(request)} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} disabled={posting.isPending}>
          {t('write.cancel')}
        </Button>
        <Button
          disabled={count === 0 || isFutureWeek}
          loading={posting.isPending}
          onClick={() => posting.mutate(request)}
        >
          {t('posting.dialog.post', { count, amount })}
        </Button>
      </Group>
    </>
  );
}

/** The progress of the current run, which the service updates after each batch. */
function RunProgress(): ReactNode {
  const { t } = useTranslation();
  const running = api.useQuery(
    'get',
    '/api/v1/loans/posting-runs',
    { params: { query: { status: 'RUNNING', page_size: 1 } } },
    { refetchInterval: 1_000 },
  );
  const run = running.data?.items[0];
  const share = run && run.installments_due > 0 ? (100 * run.installments_posted) / run.installments_due : 0;
  return (
    <div role="status">
      <Progress value={share} animated aria-label={t('posting.dialog.running')} />
      <Text size="sm" mt={4}>
        {run
          ? t('posting.dialog.progress', { posted: run.installments_posted, due: run.installments_due })
          : t('posting.dialog.running')}
      </Text>
    </div>
  );
}
