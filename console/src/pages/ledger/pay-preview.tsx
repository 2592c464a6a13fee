import { Box, Button, Group, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { client } from '../../api/client';
import type { Schemas } from '../../api/client';
import { useWrite } from '../../api/write';
import { DataTable } from '../../shared/data-table';
import { Facts } from '../../shared/facts';
import { formatDate, formatDollars } from '../../shared/format';
import { Money } from '../../shared/money';
import { ProblemAlert } from '../../shared/problem-alert';
import { QueryState } from '../../shared/query-state';
import type { Payment } from './receipt';

type Answer = Schemas['PaymentResponse'];

/** Takes the payment, or only tells where it would go. */
function send(payment: Payment, key: string | undefined, dryRun: boolean): Promise<{ data?: Answer }> {
  const params = { header: { 'Idempotency-Key': key } };
  return payment.mode === 'hierarchy'
    ? client.POST('/api/v1/ledger/payments', { params, body: { ...payment.body, dry_run: dryRun } })
    : client.POST('/api/v1/ledger/payments/targeted', { params, body: { ...payment.body, dry_run: dryRun } });
}

interface PayPreviewProps {
  readonly payment: Payment;
  readonly onTaken: () => void;
}

export function PayPreview({ payment, onTaken }: PayPreviewProps): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const typed = JSON.stringify(payment);
  const [settled] = useDebouncedValue(typed, 300);
  const dryRun = useQuery({
    queryKey: ['dry-run', settled],
    queryFn: async () => (await send(JSON.parse(settled) as Payment, undefined, true)).data as Answer,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const taking = useWrite((body: Payment, key) => send(body, key, false), {
    done: ({ posting, total_payment }) =>
      t('ledger.pay.done', { amount: formatDollars(total_payment), id: posting.posting_id }),
    onDone: ({ posting }) => {
      onTaken();
      void navigate(`/ledger/accounts/${posting.driver_id}/${posting.lease_id}`);
    },
  });
  const isCurrent = settled === typed && dryRun.isSuccess && !dryRun.isPlaceholderData;
  const amount = formatDollars(`${payment.body.amount}`);
  return (
    <Stack>
      <QueryState query={dryRun} lines={5}>
        {(answer) => <Allocation answer={answer} isStale={!isCurrent} />}
      </QueryState>
      {taking.error && <ProblemAlert error={taking.error} />}
      <Group justify="flex-end">
        <Button disabled={!isCurrent} loading={taking.isPending} onClick={() => taking.mutate(payment)}>
          {t('ledger.pay.submit', { amount })}
        </Button>
      </Group>
    </Stack>
  );
}

function Allocation({ answer, isStale }: { readonly answer: Answer; readonly isStale: boolean }): ReactNode {
  const { t } = useTranslation();
  return (
    <Box style={{ opacity: isStale ? 0.55 : 1 }} aria-live="polite">
      <Facts
        facts={[
          { label: t('ledger.pay.total'), value: formatDollars(answer.total_payment) },
          { label: t('ledger.pay.creditUsed'), value: formatDollars(answer.credit_used) },
          { label: t('ledger.pay.allocated'), value: formatDollars(answer.total_allocated) },
          { label: t('ledger.pay.rest'), value: formatDollars(answer.remaining_unallocated) },
        ]}
      />
      {answer.allocations.length === 0 ? (
        <Text size="sm">{t('ledger.pay.nothing')}</Text>
      ) : (
        <DataTable
          caption={t('ledger.pay.preview')}
          rows={answer.allocations.map((part, index) => ({ ...part, index }))}
          rowKey={({ index }) => index}
          columns={[
            { key: 'category', title: t('field.category'), render: (part) => t(`category.${part.category}`) },
            {
              key: 'for',
              title: t('ledger.balance.reference'),
              from: 'sm',
              render: (part) => part.reference_id,
            },
            {
              key: 'due',
              title: t('field.due'),
              unbroken: true,
              render: (part) => formatDate(part.due_date),
            },
            {
              key: 'amount',
              title: t('ledger.balance.applied'),
              numeric: true,
              render: (part) => <Money amount={part.amount_allocated} />,
              footer: <Money amount={answer.total_allocated} />,
            },
            {
              key: 'left',
              title: t('ledger.pay.left'),
              numeric: true,
              render: (part) => <Money amount={part.outstanding_after} quietZero />,
            },
          ]}
        />
      )}
    </Box>
  );
}
