import { SimpleGrid } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { formatDollars, isZero, parseMoney } from '../../../shared/format';
import { ConfirmDialog } from '../../../shared/forms/confirm-dialog';
import { DriverPicker } from '../../../shared/forms/driver-picker';
import { Field } from '../../../shared/forms/form-errors';
import type { Method } from '../../../shared/forms/payment-fields';
import { AmountField, METHODS, MethodField, ReferenceField } from '../../../shared/forms/payment-fields';
import { BeforeAfter, Preview } from '../../../shared/forms/preview';
import { PREVIEW_REASON } from '../../../shared/forms/preview-reason';
import { useDryRun } from '../../../shared/forms/use-dry-run';
import { useWrite } from '../../../shared/forms/use-write';

type Refund = Omit<Schemas['RefundCreditDto'], 'reason'>;

/** Weekly earnings are only a way to receive money. */
const REFUND_METHODS = METHODS.filter((method) => method !== 'EARNINGS');

/** The input of the user, as typed */
interface RefundInput {
  readonly driverId: number | null;
  readonly amount: string;
  readonly method: Method | null;
  readonly reference: string;
}

interface RefundDialogProps {
  /** The driver to start with; null for no driver */
  readonly driverId: number | null;
  readonly onClose: () => void;
}

/** Pays credits back to a driver. */
export function RefundDialog({ driverId, onClose }: RefundDialogProps): ReactNode {
  const { t } = useTranslation();
  const [input, setInput] = useState<RefundInput>({ driverId, amount: '', method: null, reference: '' });
  const [reason, setReason] = useState('');
  const refund = toRefund(input);
  const credit = useCredit(input.driverId);
  const { query, isCurrent } = useDryRun('refund', refund, (body) =>
    client.POST('/api/v1/ledger/refunds', { body: { ...body, reason: PREVIEW_REASON, dry_run: true } }),
  );
  const refunding = useWrite(
    (body: Schemas['RefundCreditDto'], key) =>
      client.POST('/api/v1/ledger/refunds', { params: { header: { 'Idempotency-Key': key } }, body }),
    {
      successMessage: ({ amount, posting }) =>
        t('ledger.credits.refunded', { amount: formatDollars(amount), id: posting.posting_id ?? '' }),
      preview: query,
      onSuccess: onClose,
    },
  );
  return (
    <ConfirmDialog
      title={t('ledger.credits.refund')}
      text={t('ledger.credits.refundText')}
      onClose={onClose}
      onConfirm={() => refund && refunding.mutate({ ...refund, reason: reason.trim() })}
      confirmLabel={t('ledger.credits.confirmRefund', { amount: formatDollars(refundedAmount(input)) })}
      canConfirm={refund !== null && isCurrent}
      isSending={refunding.isPending}
      error={refunding.error}
      reason={{ value: reason, onChange: setReason }}
    >
      <RefundFields
        input={input}
        credit={credit}
        onChange={(changes) => setInput({ ...input, ...changes })}
      />
      {refund !== null && credit !== undefined && (
        <Preview query={query}>
          {({ credit_left }) => (
            <BeforeAfter
              lines={[
                {
                  label: t('ledger.credits.ofDriver'),
                  before: formatDollars(credit),
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

interface RefundFieldsProps {
  readonly input: RefundInput;
  readonly credit: string | undefined;
  readonly onChange: (changes: Partial<RefundInput>) => void;
}

function RefundFields({ input, credit, onChange }: RefundFieldsProps): ReactNode {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <Field of="driver_id" label={t('field.driver')}>
        <DriverPicker value={input.driverId} onChange={(driverId) => onChange({ driverId })} />
      </Field>
      <Field of="amount">
        <AmountField
          label={t('field.amount')}
          description={credit && t('ledger.credits.atMost', { amount: formatDollars(credit) })}
          value={input.amount}
          onChange={(amount) => onChange({ amount })}
        />
      </Field>
      <Field of="method" label={t('ledger.posting.method')}>
        <MethodField
          methods={REFUND_METHODS}
          value={input.method}
          onChange={(method) => onChange({ method })}
        />
      </Field>
      <ReferenceField
        of="reference"
        among="refunds"
        value={input.reference}
        onChange={(reference) => onChange({ reference })}
      />
    </SimpleGrid>
  );
}

const refundedAmount = ({ amount }: RefundInput): string => parseMoney(amount) ?? '0.00';

/** The refund in the form of the API; null while the input is incomplete. */
function toRefund(input: RefundInput): Refund | null {
  const { driverId, method } = input;
  const amount = parseMoney(input.amount);
  const reference = input.reference.trim();
  const isIncomplete = driverId === null || method === null || reference === '';
  if (isIncomplete || amount === null || isZero(amount)) return null;
  return { driver_id: driverId, amount, method, reference };
}

/** All credits of the driver; undefined until they are loaded. */
function useCredit(driverId: number | null): string | undefined {
  const credits = api.useQuery(
    'get',
    '/api/v1/ledger/credits',
    { params: { query: { driver_id: driverId ?? 0, page_size: 1 } } },
    { enabled: driverId !== null },
  );
  return credits.data?.total_left_over;
}
