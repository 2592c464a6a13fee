import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { useWrite } from '../../../shared/forms/use-write';
import { ConfirmDialog } from '../../../shared/forms/confirm-dialog';
import { DataTable } from '../../../shared/lists/data-table';
import { formatDate, formatDollars, isZero, sumOf } from '../../../shared/format';
import { Money } from '../../../shared/values/money';
import { PREVIEW_REASON } from '../../../shared/forms/preview-reason';
import { Preview } from '../../../shared/forms/preview';
import type { Posting } from './posting-columns';

type Answer = Schemas['VoidResponse'];

interface VoidDialogProps {
  readonly posting: Posting;
  readonly onClose: () => void;
}

/** Voids a posting, with a preview of the reversed balances. */
export function VoidDialog({ posting, onClose }: VoidDialogProps): ReactNode {
  const { t } = useTranslation();
  const path = { posting_id: posting.posting_id };
  const [reason, setReason] = useState('');
  const preview = api.useQuery(
    'post',
    '/api/v1/ledger/postings/{posting_id}/void',
    { params: { path }, body: { reason: PREVIEW_REASON, dry_run: true } },
    { gcTime: 0 },
  );
  const voiding = useWrite(
    (body: Schemas['VoidPostingDto'], key) =>
      client.POST('/api/v1/ledger/postings/{posting_id}/void', {
        params: { path, header: { 'Idempotency-Key': key } },
        body,
      }),
    {
      successMessage: ({ reversal }) =>
        t('ledger.posting.voided', { id: posting.posting_id, reversal: reversal.posting_id ?? '' }),
      preview,
      onSuccess: onClose,
    },
  );
  return (
    <ConfirmDialog
      title={`${t('ledger.posting.void')} · ${posting.posting_id}`}
      text={t('ledger.posting.voidText')}
      onClose={onClose}
      onConfirm={() => voiding.mutate({ reason: reason.trim() })}
      confirmLabel={t('ledger.posting.voidConfirm', { amount: formatDollars(posting.amount) })}
      isDangerous
      canConfirm={preview.isSuccess}
      isSending={voiding.isPending}
      error={voiding.error}
      reason={{ value: reason, onChange: setReason }}
    >
      <Preview query={preview}>{(answer) => <Reversal answer={answer} />}</Preview>
    </ConfirmDialog>
  );
}

/** The heading of the column says whether the amount is owed again or no longer owed. */
const unsigned = (amount: string): string => amount.replace('-', '');

function Reversal({ answer }: { readonly answer: Answer }): ReactNode {
  const { t } = useTranslation();
  const { posting, reversal, balances, credit_reversed: credit, credit_used: used } = answer;
  return (
    <>
      <Text size="sm" mb="xs">
        {t(`ledger.posting.voidPosts.${reversal.posting_type}`, {
          amount: formatDollars(reversal.amount),
          id: posting.posting_id,
        })}
        {!isZero(credit) && ` ${t('ledger.posting.voidCredit', { amount: formatDollars(credit) })}`}
        {!isZero(used) && ` ${t('ledger.posting.voidPays', { amount: formatDollars(used) })}`}
      </Text>
      {balances.length > 0 && (
        <DataTable
          caption={t('ledger.posting.voidCaption')}
          rows={balances}
          rowKey={({ balance_id }) => balance_id}
          columns={[
            {
              key: 'for',
              title: t('ledger.balance.reference'),
              footer: t('ledger.posting.voidSum'),
              render: (row) => (
                <>
                  {t(`category.${row.category}`)}
                  <br />
                  <span className="quiet">{row.reference_id}</span>
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
              key: 'again',
              title: t(`ledger.posting.voidBy.${reversal.posting_type}`),
              numeric: true,
              render: (row) => <Money amount={unsigned(row.amount)} />,
              footer: <Money amount={unsigned(sumOf(balances.map(({ amount }) => amount)))} />,
            },
            {
              key: 'after',
              title: t('ledger.posting.voidAfter'),
              numeric: true,
              render: (row) => <Money amount={row.outstanding_after} quietZero />,
            },
          ]}
        />
      )}
    </>
  );
}
