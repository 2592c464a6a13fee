import { SimpleGrid } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { useDryRun } from '../../../shared/forms/use-dry-run';
import { useWrite } from '../../../shared/forms/use-write';
import { ConfirmDialog } from '../../../shared/forms/confirm-dialog';
import { formatDollars, isZero, parseMoney } from '../../../shared/format';
import type { Method, ReceiptNote } from '../../../shared/forms/payment-fields';
import {
  AmountField,
  EMPTY_NOTE,
  METHODS,
  MethodField,
  toReceiptNote,
  ReceiptNoteFields,
  ReferenceField,
} from '../../../shared/forms/payment-fields';
import { BeforeAfter, Preview } from '../../../shared/forms/preview';
import { useBusinessDate } from '../../../shared/posting-schedule';
import type { Loan } from '../loan';
import { Field } from '../../../shared/forms/form-errors';

type Recovery = Schemas['RecoverLoanDto'];

interface RecoverDialogProps {
  readonly loan: Loan;
  readonly onClose: () => void;
}

/** Records money for a loan that was written off. */
export function RecoverDialog({ loan, onClose }: RecoverDialogProps): ReactNode {
  const { t } = useTranslation();
  const today = useBusinessDate();
  const path = { loan_id: loan.loan_id };
  const [typed, setTyped] = useState(loan.left_to_recover);
  const [method, setMethod] = useState<Method | null>(null);
  const [reference, setReference] = useState('');
  const [receipt, setReceipt] = useState<ReceiptNote>(EMPTY_NOTE);
  const amount = parseMoney(typed);
  const source_id = reference.trim();
  const note = toReceiptNote(receipt);
  const recovery: Recovery | null =
    amount === null || isZero(amount) || source_id === '' || method === null || note === null
      ? null
      : { amount, source_id, method, ...note };
  const { query, isCurrent } = useDryRun('recovery', recovery, (body) =>
    client.POST('/api/v1/loans/{loan_id}/recoveries', { params: { path }, body: { ...body, dry_run: true } }),
  );
  const recovering = useWrite(
    (body: Recovery, key) =>
      client.POST('/api/v1/loans/{loan_id}/recoveries', {
        params: { path, header: { 'Idempotency-Key': key } },
        body,
      }),
    {
      successMessage: () =>
        t('loans.actions.doneRecover', { amount: formatDollars(amount ?? '0.00'), loan: loan.loan_id }),
      preview: query,
      onSuccess: onClose,
    },
  );
  return (
    <ConfirmDialog
      title={`${t('loans.actions.recover')} · ${loan.loan_id}`}
      text={t('loans.actions.recoverText')}
      onClose={onClose}
      onConfirm={() => recovery && recovering.mutate(recovery)}
      confirmLabel={t('loans.actions.confirmRecover', { amount: formatDollars(amount ?? '0.00') })}
      canConfirm={recovery !== null && isCurrent}
      isSending={recovering.isPending}
      error={recovering.error}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Field of="amount">
          <AmountField label={t('ledger.pay.amount')} value={typed} onChange={setTyped} />
        </Field>
        <Field of="method" label={t('ledger.posting.method')}>
          <MethodField methods={METHODS} value={method} onChange={setMethod} />
        </Field>
        <ReferenceField
          of="source_id"
          among="recoveries"
          hasFocus
          value={reference}
          onChange={setReference}
        />
        <ReceiptNoteFields
          value={receipt}
          today={today}
          onChange={(changes) => setReceipt({ ...receipt, ...changes })}
        />
      </SimpleGrid>
      {recovery !== null && (
        <Preview query={query}>{(answer) => <RecoveryTotals before={loan} after={answer.loan} />}</Preview>
      )}
    </ConfirmDialog>
  );
}

interface RecoveryTotalsProps {
  readonly before: Loan;
  readonly after: Schemas['ChangedLoan'];
}

function RecoveryTotals({ before, after }: RecoveryTotalsProps): ReactNode {
  const { t } = useTranslation();
  const line = (label: string, of: 'recovered' | 'left_to_recover') => ({
    label,
    before: formatDollars(before[of]),
    after: formatDollars(after[of]),
  });
  return (
    <BeforeAfter
      lines={[
        line(t('loans.actions.recovered'), 'recovered'),
        line(t('loans.actions.leftToRecover'), 'left_to_recover'),
      ]}
    />
  );
}
