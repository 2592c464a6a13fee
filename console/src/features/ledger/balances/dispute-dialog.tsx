import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { ConfirmDialog } from '../../../shared/forms/confirm-dialog';
import { useWrite } from '../../../shared/forms/use-write';

interface DisputeDialogProps {
  readonly action: 'dispute' | 'resolve';
  readonly balanceId: string;
  readonly onClose: () => void;
}

export function DisputeDialog({ action, balanceId, onClose }: DisputeDialogProps): ReactNode {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const isDispute = action === 'dispute';
  const writing = useWrite(
    (body: Schemas['BalanceDisputeDto'], key) =>
      client.POST(
        isDispute
          ? '/api/v1/ledger/balances/{balance_id}/dispute'
          : '/api/v1/ledger/balances/{balance_id}/resolve',
        { params: { path: { balance_id: balanceId }, header: { 'Idempotency-Key': key } }, body },
      ),
    {
      successMessage: () =>
        t(isDispute ? 'ledger.balance.disputed' : 'ledger.balance.resolved', { id: balanceId }),
      onSuccess: onClose,
    },
  );
  return (
    <ConfirmDialog
      title={`${t(`ledger.balance.${action}`)} · ${balanceId}`}
      text={t(isDispute ? 'ledger.balance.disputeText' : 'ledger.balance.resolveText')}
      onClose={onClose}
      onConfirm={() => writing.mutate({ reason: reason.trim() })}
      confirmLabel={t(`ledger.balance.${action}`)}
      isSending={writing.isPending}
      error={writing.error}
      reason={{ value: reason, onChange: setReason }}
    />
  );
}
