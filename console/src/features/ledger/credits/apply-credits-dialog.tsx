import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { useDryRun } from '../../../shared/forms/use-dry-run';
import { useWrite } from '../../../shared/forms/use-write';
import { ConfirmDialog } from '../../../shared/forms/confirm-dialog';
import { DriverPicker } from '../../../shared/forms/driver-picker';
import { formatDollars, isZero } from '../../../shared/format';
import { Preview } from '../../../shared/forms/preview';
import { AllocationTable } from '../allocation-table';

type Request = Schemas['ApplyCreditsDto'];
type Answer = Schemas['CreditApplicationResponse'];

interface ApplyCreditsDialogProps {
  /** The driver to start with; null for no driver */
  readonly driverId: number | null;
  readonly onClose: () => void;
}

/** Pays the open balances of a driver with the driver's credits. */
export function ApplyCreditsDialog({ driverId: first, onClose }: ApplyCreditsDialogProps): ReactNode {
  const { t } = useTranslation();
  const [driverId, setDriverId] = useState(first);
  const request: Request | null = driverId === null ? null : { driver_id: driverId };
  const { query, isCurrent } = useDryRun('apply-credits', request, (body) =>
    client.POST('/api/v1/ledger/credits/apply', { body: { ...body, dry_run: true } }),
  );
  const applying = useWrite(
    (body: Request, key) =>
      client.POST('/api/v1/ledger/credits/apply', { params: { header: { 'Idempotency-Key': key } }, body }),
    {
      successMessage: ({ credit_used }) =>
        t('ledger.credits.applied', { amount: formatDollars(credit_used) }),
      preview: query,
      onSuccess: onClose,
    },
  );
  const used = query.data?.credit_used ?? '0.00';
  return (
    <ConfirmDialog
      title={t('ledger.credits.apply')}
      text={t('ledger.credits.applyText')}
      onClose={onClose}
      onConfirm={() => request && applying.mutate(request)}
      confirmLabel={t('ledger.credits.confirmApply', { amount: formatDollars(used) })}
      canConfirm={isCurrent && !isZero(used)}
      isSending={applying.isPending}
      error={applying.error}
    >
      <DriverPicker data-autofocus value={driverId} onChange={setDriverId} />
      {request !== null && <Preview query={query}>{(answer) => <Applied answer={answer} />}</Preview>}
    </ConfirmDialog>
  );
}

function Applied({ answer }: { readonly answer: Answer }): ReactNode {
  const { t } = useTranslation();
  const left = t('ledger.credits.leftAfter', { amount: formatDollars(answer.credit_left) });
  if (answer.allocations.length === 0)
    return <Text size="sm">{`${t('ledger.credits.nothing')} ${left}`}</Text>;
  return (
    <>
      <AllocationTable
        caption={t('ledger.pay.preview')}
        allocations={answer.allocations}
        total={answer.credit_used}
      />
      <Text size="sm" mt="xs">
        {left}
      </Text>
    </>
  );
}
