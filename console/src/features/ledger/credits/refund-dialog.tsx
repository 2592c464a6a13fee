import { SimpleGrid } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { useDryRun } from '../../../shared/forms/use-dry-run';
import { useWrite } from '../../../shared/forms/use-write';
import { ConfirmDialog } from '../../../shared/forms/confirm-dialog';
import { DriverPicker } from '../../../shared/forms/driver-picker';
import { formatDollars, isZero, parseMoney } from '../../../shared/format';
import { PREVIEW_REASON } from '../../../shared/forms/preview-reason';
import type { Method } from '../../../shared/forms/payment-fields';
import { AmountField, METHODS, MethodField, ReferenceField } from '../../../shared/forms/payment-fields';
import { BeforeAfter, Preview } from '../../../shared/forms/preview';
import { Field } from '../../../shared/forms/form-errors';

type Refund = Omit<Schemas['RefundCreditDto'], 'reason'>;

/** Weekly earnings are how money comes in, never how it is given back. */
const WAYS_BACK = METHODS.filter((method) => method !== 'EARNINGS');

interface RefundDialogProps {
  /** Chosen to begin with; null for none */
  readonly driverId: number | null;
  readonly onClose: () => void;
}

/** Gives a driver back what payments left over. */
export function RefundDialog({ driverId: first, onClose }: RefundDialogProps): ReactNode {
  const { t } = useTranslation();
  const [driverId, setDriverId] = useState(first);
  const [typed, setTyped] = useState('');
  const [method, setMethod] = useState<Method>('CHECK');
  const [typedReference, setReference] = useState('');
  const [reason, setReason] = useState('');
  const amount = parseMoney(typed);
  const reference = typedReference.trim();
  const refund: Refund | null =
    driverId === null || amount === null || isZero(amount) || reference === ''
      ? null
      : { driver_id: driverId, amount, method, reference };
  const credit = api.useQuery(
    'get',
    '/api/v1/ledger/credits',
    { params: { query: { driver_id: driverId ?? 0, page_size: 1 } } },
    { enabled: driverId !== null },
  );
  const { query, isCurrent } = useDryRun('refund', refund, (body) =>
    client.POST('/api/v1/ledger/refunds', { body: { ...body, reason: PREVIEW_REASON, dry_run: true } }),
  );
  const refunding = useWrite(
    (body: Schemas['RefundCreditDto'], key) =>
      client.POST('/api/v1/ledger/refunds', { params: { header: { 'Idempotency-Key': key } }, body }),
    {
      successMessage: (answer) =>
        t('ledger.credits.refunded', {
          amount: formatDollars(answer.amount),
          id: answer.posting.posting_id ?? '',
        }),
      onSuccess: onClose,
    },
  );
  const before = credit.data?.total_left_over;
  return (
    <ConfirmDialog
      title={t('ledger.credits.refund')}
      text={t('ledger.credits.refundText')}
      onClose={onClose}
      onConfirm={() => refund && refunding.mutate({ ...refund, reason: reason.trim() })}
      confirmLabel={t('ledger.credits.confirmRefund', { amount: formatDollars(amount ?? '0.00') })}
      canConfirm={refund !== null && isCurrent}
      isSending={refunding.isPending}
      error={refunding.error}
      reason={{ value: reason, onChange: setReason }}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Field of="driver_id" label={t('field.driver')}>
          <DriverPicker value={driverId} onChange={setDriverId} />
        </Field>
        <Field of="amount">
          <AmountField
            label={t('field.amount')}
            description={before && t('ledger.credits.atMost', { amount: formatDollars(before) })}
            value={typed}
            onChange={setTyped}
          />
        </Field>
        <Field of="method" label={t('ledger.posting.method')}>
          <MethodField methods={WAYS_BACK} value={method} onChange={setMethod} />
        </Field>
        <ReferenceField of="reference" among="refunds" value={typedReference} onChange={setReference} />
      </SimpleGrid>
      {refund !== null && before !== undefined && (
        <Preview query={query}>
          {({ credit_left }) => (
            <BeforeAfter
              lines={[
                {
                  label: t('ledger.credits.ofDriver'),
                  before: formatDollars(before),
                  after: formatDollars(credit_left),
                },
              ]}
            />
          )}
        </Preview>
      )}
    </ConfirmDialog>
  );
}
