import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../../shared/lists/data-table';
import { formatDate, parseMoney } from '../../../shared/format';
import { Money } from '../../../shared/values/money';
import type { Balance } from '../balances/balance-columns';
import { Field } from '../../../shared/forms/form-errors';

interface NamedBalancesProps {
  readonly balances: readonly Balance[];
  readonly named: Readonly<Record<string, string>>;
  readonly onChange: (named: Readonly<Record<string, string>>) => void;
}

/** The open balances, each with a field for what is to be paid of it. */
export function AllocationForm({ balances, named, onChange }: NamedBalancesProps): ReactNode {
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
            const typed = named[id] ?? '';
            return (
              <Field of={`allocations.${partNumber(named, id)}.amount`} label={t('ledger.pay.payNow')}>
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
                  onChange={(event) => onChange({ ...named, [id]: event.currentTarget.value })}
                />
              </Field>
            );
          },
        },
      ]}
    />
  );
}

/** Its place among those that are sent (receipt.ts); -1 where nothing is typed. */
function partNumber(named: NamedBalancesProps['named'], id: string): number {
  return Object.keys(named)
    .filter((balance) => named[balance]?.trim() !== '')
    .indexOf(id);
}
