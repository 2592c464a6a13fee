import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../api/client';
import type { Schemas } from '../../api/client';
import { ConfirmDialog } from '../../shared/forms/confirm-dialog';
import { Preview } from '../../shared/forms/preview';
import { PREVIEW_REASON } from '../../shared/forms/preview-reason';
import type { Editable } from '../../shared/forms/record-form';
import { RecordForm, useEditedField } from '../../shared/forms/record-form';
import { useWrite } from '../../shared/forms/use-write';
import { formatDollars, sumOf } from '../../shared/format';
import { RUN_TIMEOUT_MS } from './settlement-file';

type Run = Schemas['SettlementRunDetailResponse'];

interface VoidRunDialogProps {
  readonly runId: string;
  readonly onClose: () => void;
}

/** Voids all payments of a run. The service rejects it if another user has voided some of them since the preview. */
export function VoidRunDialog({ runId, onClose }: VoidRunDialogProps): ReactNode {
  const { t } = useTranslation();
  return (
    <RecordForm
      address={`/api/v1/ledger/settlement-runs/${runId}`}
      read={() =>
        client.GET('/api/v1/ledger/settlement-runs/{run_id}', { params: { path: { run_id: runId } } })
      }
      title={t('settlement.void.title', { run: runId })}
      onClose={onClose}
    >
      {(editable) => <VoidDialog editable={editable} onClose={onClose} />}
    </RecordForm>
  );
}

interface VoidDialogProps {
  readonly editable: Editable<Run>;
  readonly onClose: () => void;
}

function VoidDialog({ editable, onClose }: VoidDialogProps): ReactNode {
  const { record, tag, reload } = editable;
  const { t } = useTranslation();
  const { value: reason, set: setReason } = useEditedField(editable, 'reason', '');
  const path = { run_id: record.run_id };
  const preview = api.useQuery(
    'post',
    '/api/v1/ledger/settlement-runs/{run_id}/void',
    { params: { path, header: { 'If-Match': tag } }, body: { reason: PREVIEW_REASON, dry_run: true } },
    { gcTime: 0, refetchOnWindowFocus: false, staleTime: Infinity },
  );
  const voiding = useWrite(
    (body: Schemas['VoidSettlementDto'], key) =>
      client.POST('/api/v1/ledger/settlement-runs/{run_id}/void', {
        params: { path, header: { 'Idempotency-Key': key, 'If-Match': tag } },
        body,
      }),
    {
      timeoutMs: RUN_TIMEOUT_MS,
      successMessage: ({ run_id }) => t('settlement.void.done', { run: run_id }),
      onSuccess: onClose,
    },
  );
  const amount = formatDollars(sumOf([record.total_applied, `-${record.total_voided}`]));
  return (
    <ConfirmDialog
      title={t('settlement.void.title', { run: record.run_id })}
      text={t('settlement.void.text')}
      onClose={onClose}
      onConfirm={() => voiding.mutate({ reason: reason.trim() })}
      confirmLabel={t('settlement.void.confirm', { amount })}
      isDangerous
      canConfirm={preview.isSuccess}
      isSending={voiding.isPending}
      error={voiding.error}
      onReload={reload}
      reason={{ value: reason, onChange: setReason }}
    >
      <Preview query={preview}>
        {({ lines_voided }) => (
          <Text size="sm">
            {t('settlement.void.preview', { count: lines_voided - record.lines_voided, amount })}
          </Text>
        )}
      </Preview>
    </ConfirmDialog>
  );
}
