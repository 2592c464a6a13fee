import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../../shared/lists/data-table';
import { formatDate, parseMoney } from '../../../shared/format';
import { Money } from '../../../shared/values/money';
import type { Balance } from '../balances/balance-columns';
import { Field } from '../../../shared/forms/form-errors';

interface AllocationFormProps {
  readonly balances: readonly Balance[];
  /** The typed amount for each balance id */
  readonly amounts: Readonly<Record<string, string>>;
  readonly onChange: (amounts: Readonly<Record<string, string>>) => void;
}

/** The open balances, each with a field for the amount to pay. */
export function AllocationForm({ balances, amounts, onChange }: AllocationFormProps): ReactNode {
  const { t } = useTranslation();
  return (
    <DataTable
      caption={t('ledger.account.tabs.open')}
      rows={balances.filter(({ status }) => status === 'OPEN')}
      rowKey={({ balance_id }) => balance_id}
      columns={[
        {
          key: 'what',
          title: t('field.category'),
          render: (row) => (
            <>
              {t(`category.${row.category}`)}
              <br />
              <span className="quiet">{row.description ?? row.reference_id}</span>
            </>
          ),
        },
        {
          key: 'due',
          title: t('field.due'),
          from: 'sm',
          unbroken: true,
          render: (row) => formatDate(row.due_date),
        },
        {
          key: 'left',
          title: t('ledger.balance.outstanding'),
          numeric: true,
          render: (row) => <Money amount={row.outstanding_balance} />,
        },
        {
          key: 'pay',
          title: t('ledger.pay.payNow'),
          numeric: true,
          render: ({ balance_id: id }) => {
            const typed = amounts[id] ?? '';
            return (
              <Field of={`allocations.${allocationIndex(amounts, id)}.amount`} label={t('ledger.pay.payNow')}>
                <TextInput
                  aria-label={t('ledger.pay.payNowFor', { id })}
                  size="xs"
                  w={92}
                  ml="auto"
                  inputMode="decimal"
                  autoComplete="off"
                  styles={{ input: { textAlign: 'right' }, error: { whiteSpace: 'normal' } }}
                  error={typed !== '' && parseMoney(typed) === null ? t('write.amountInvalid') : undefined}
                  value={typed}
                  onChange={(event) => onChange({ ...amounts, [id]: event.currentTarget.value })}
                />
              </Field>
            );
          },
        },
      ]}
    />
  );
}

/** The index of the balance in the request (receipt.ts); -1 if it has no amount. */
function allocationIndex(amounts: AllocationFormProps['amounts'], id: string): number {
  return Object.keys(amounts)
    .filter((balance) => amounts[balance]?.trim() !== '')
    .indexOf(id);
}
