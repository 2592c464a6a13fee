import { Grid } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { usePermission } from '../../api/session';
import { readCsv } from '../../shared/forms/csv-file';
import { useWrite } from '../../shared/forms/use-write';
import { NotAllowedPage } from '../../shared/page/error-pages';
import { PageHeader } from '../../shared/page/page-header';
import type { SettlementFile } from './settlement-file';
import { RUN_TIMEOUT_MS, sendSettlement } from './settlement-file';
import type { PreviewRequest, Work } from './settlement-form';
import { SettlementForm } from './settlement-form';
import { SettlementPreview } from './settlement-preview';

export function NewRunPage(): ReactNode {
  return usePermission('ledger:post') ? <NewRun /> : <NotAllowedPage permissions={['ledger:post']} />;
}

/** Settles the earnings in a file. A dry run must show its result first; the run then sends the same content and terms. */
function NewRun(): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const preview = useMutation({
    mutationFn: async ({ file, terms }: PreviewRequest) => {
      const request = { ...(await readCsv(file)), terms };
      return { request, result: (await sendSettlement(request)).data };
    },
  });
  const settling = useWrite((request: SettlementFile, key) => sendSettlement(request, key), {
    timeoutMs: RUN_TIMEOUT_MS,
    successMessage: ({ run_id }) => t('settlement.done', { run: run_id ?? '' }),
    onSuccess: ({ run_id }) => void navigate(`/settlement/${run_id}`),
  });
  const discard = (): void => {
    preview.reset();
    settling.reset();
  };
  const work: Work = settling.isPending ? 'settlement' : preview.isPending ? 'preview' : null;
  const { request, result } = preview.data ?? {};
  return (
    <div>
      <PageHeader
        title={t('settlement.new')}
        description={t('settlement.newDescription')}
        breadcrumbs={[{ label: t('settlement.title'), to: '/settlement' }]}
      />
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <SettlementForm
            onChange={discard}
            onPreview={(chosen) => {
              settling.reset();
              preview.mutate(chosen);
            }}
            hasPreview={result !== undefined}
            work={work}
            error={settling.error ?? preview.error}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 7 }}>
          {result && (
            <SettlementPreview
              result={result}
              isSending={settling.isPending}
              onSettle={() => request && settling.mutate(request)}
            />
          )}
        </Grid.Col>
      </Grid>
    </div>
  );
}
