import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { client } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { useDryRun } from '../../../shared/forms/use-dry-run';
import { useWrite } from '../../../shared/forms/use-write';
import { formatDollars, isZero } from '../../../shared/format';
import { ProblemAlert } from '../../../shared/page/problem-alert';
import { QueryState } from '../../../shared/page/query-state';
import { TotalsList } from '../../../shared/values/totals-list';
import { AllocationTable } from '../allocation-table';
import { PaymentDone } from './payment-done';
import type { Payment } from './receipt';

type Answer = Schemas['PaymentResponse'];

/** Records the payment, or only previews its allocation. */
function send(payment: Payment, key: string | undefined, dryRun: boolean): Promise<{ data?: Answer }> {
  const params = { header: { 'Idempotency-Key': key } };
  return payment.mode === 'hierarchy'
    ? client.POST('/api/v1/ledger/payments', { params, body: { ...payment.body, dry_run: dryRun } })
    : client.POST('/api/v1/ledger/payments/targeted', { params, body: { ...payment.body, dry_run: dryRun } });
}

interface PayPreviewProps {
  readonly payment: Payment;
  readonly onSaved: () => void;
}

export function PayPreview({ payment, onSaved }: PayPreviewProps): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { query, isCurrent } = useDryRun('payment', payment, (body) => send(body, undefined, true));
  const paying = useWrite((body: Payment, key) => send(body, key, false), {
    preview: query,
    successMessage: (answer) => <PaymentDone {...answer} />,
    onSuccess: ({ posting }) => {
      onSaved();
      void navigate(`/ledger/accounts/${posting.driver_id}/${posting.lease_id}`);
    },
  });
  const amount = formatDollars(`${payment.body.amount}`);
  return (
    <Stack>
      <QueryState query={query} lines={5}>
        {(answer) => <Allocation answer={answer} isStale={!isCurrent} />}
      </QueryState>
      {paying.error && <ProblemAlert error={paying.error} onSendAgain={() => paying.mutate(payment)} />}
      <Group justify="flex-end">
        <Button disabled={!isCurrent} loading={paying.isPending} onClick={() => paying.mutate(payment)}>
          {t('ledger.pay.submit', { amount })}
        </Button>
      </Group>
    </Stack>
  );
}

/** Received amount plus used credit, minus the allocated amount, is the rest. */
function Allocation({ answer, isStale }: { readonly answer: Answer; readonly isStale: boolean }): ReactNode {
  const { t } = useTranslation();
  const { credit_used, total_allocated, remaining_unallocated: rest } = answer;
  return (
    <Stack gap="md" style={{ opacity: isStale ? 0.55 : 1 }} aria-live="polite">
      <TotalsList
        lines={[
          { label: t('ledger.pay.total'), amount: answer.total_payment },
          ...(isZero(credit_used) ? [] : [{ label: t('ledger.pay.creditUsed'), amount: credit_used }]),
          {
            label: t('ledger.pay.allocated'),
            amount: isZero(total_allocated) ? '0.00' : `-${total_allocated}`,
          },
        ]}
        total={{
          label: t('ledger.pay.rest'),
          amount: rest,
          note: isZero(rest) ? undefined : t('ledger.pay.restNote'),
        }}
      />
      {answer.allocations.length === 0 ? (
        <Text size="sm">{t('ledger.pay.nothing')}</Text>
      ) : (
        <AllocationTable
          caption={t('ledger.pay.preview')}
          allocations={answer.allocations}
          total={total_allocated}
        />
      )}
    </Stack>
  );
}
