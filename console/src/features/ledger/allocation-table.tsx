import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { DataTable } from '../../shared/lists/data-table';
import { formatDate } from '../../shared/format';
import { Money } from '../../shared/values/money';

interface AllocationTableProps {
  readonly caption: string;
  readonly allocations: readonly (Schemas['PaymentAllocationResponse'] &
    Partial<Pick<Schemas['ExplainedAllocationResponse'], 'allocation_reason'>>)[];
  /** The total of the service */
  readonly total: string;
}

/** The allocations of a payment: the paid amount of each balance and the rest. */
export function AllocationTable({ caption, allocations, total }: AllocationTableProps): ReactNode {
  const { t } = useTranslation();
  return (
    <DataTable
      caption={caption}
      // two payments can pay the same balance
      rows={allocations.map((part, index) => ({ ...part, index }))}
      rowKey={({ index }) => index}
      columns={[
        { key: 'category', title: t('field.category'), render: (part) => t(`category.${part.category}`) },
        {
          key: 'for',
          title: t('ledger.balance.reference'),
          from: 'sm',
          render: (part) => (
            <>
              {part.reference_id}
              {part.allocation_reason && (
                <Text size="xs" c="dimmed">
                  {t(`ledger.pay.reasons.${part.allocation_reason}`)}
                </Text>
              )}
            </>
          ),
        },
        {
          key: 'due',
          title: t('field.due'),
          unbroken: true,
          render: (part) => formatDate(part.due_date),
        },
        {
          key: 'amount',
          title: t('ledger.pay.paid'),
          numeric: true,
          render: (part) => <Money amount={part.amount_allocated} />,
          footer: <Money amount={total} />,
        },
        {
          key: 'left',
          title: t('ledger.pay.left'),
          numeric: true,
          render: (part) => <Money amount={part.outstanding_after} quietZero />,
        },
      ]}
    />
  );
}
