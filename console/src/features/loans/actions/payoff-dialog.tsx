import { Checkbox, SimpleGrid, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { useWrite } from '../../../shared/forms/use-write';
import { ConfirmDialog } from '../../../shared/forms/confirm-dialog';
import { formatDollars, formatMoney, formatRate, isZero, sumOf } from '../../../shared/format';
import type { Method, ReceiptNote } from '../../../shared/forms/payment-fields';
import {
  EMPTY_NOTE,
  METHODS,
  MethodField,
  toReceiptNote,
  ReceiptNoteFields,
  ReferenceField,
} from '../../../shared/forms/payment-fields';
import { Preview } from '../../../shared/forms/preview';
import { TotalsList } from '../../../shared/values/totals-list';
import { useBusinessDate } from '../../../shared/posting-schedule';
import type { Loan } from '../loan';
import { Field } from '../../../shared/forms/form-errors';

interface PayoffDialogProps {
  readonly loan: Loan;
  readonly onClose: () => void;
}

/** The quote of today; paid on the spot, or posted and owed. */
export function PayoffDialog({ loan, onClose }: PayoffDialogProps): ReactNode {
  const { t } = useTranslation();
  const today = useBusinessDate();
  const path = { loan_id: loan.loan_id };
  const [takesPayment, setTakesPayment] = useState(true);
  const [method, setMethod] = useState<Method>('CASH');
  const [reference, setReference] = useState('');
  const [receipt, setReceipt] = useState<ReceiptNote>(EMPTY_NOTE);
  const [reason, setReason] = useState('');
  const quote = api.useQuery('get', '/api/v1/loans/{loan_id}/payoff', { params: { path } }, { gcTime: 0 });
  const { total = '0.00', disputed = '0.00' } = quote.data ?? {};
  // the driver's credit may settle all of it
  const isSettled = quote.isSuccess && isZero(total);
  const isPaid = takesPayment && !isSettled;
  const note = toReceiptNote(receipt);
  const payingOff = useWrite(
    (body: Schemas['PayOffLoanDto'], key) =>
      client.POST('/api/v1/loans/{loan_id}/payoff', {
        params: { path, header: { 'Idempotency-Key': key } },
        body,
      }),
    {
      successMessage: () =>
        t(isPaid || isSettled ? 'loans.actions.donePayoff' : 'loans.actions.donePayoffOwed', {
          loan: loan.loan_id,
        }),
      onSuccess: onClose,
    },
  );
  const payment = { amount: total, source_type: 'PAYOFF', source_id: reference.trim(), method, ...note };
  const given = { reason: reason.trim() || undefined };
  return (
    <ConfirmDialog
      title={`${t('loans.actions.payoff')} · ${loan.loan_id}`}
      text={t('loans.actions.payoffText')}
      onClose={onClose}
      onConfirm={() => payingOff.mutate(isPaid ? { payment, ...given } : given)}
      confirmLabel={t('loans.actions.confirmPayoff', { amount: formatDollars(total) })}
      canConfirm={quote.isSuccess && (!isPaid || (reference.trim() !== '' && note !== null))}
      isSending={payingOff.isPending}
      error={payingOff.error}
      reason={{ value: reason, onChange: setReason, isOptional: true }}
    >
      <Preview query={quote}>
        {(data) => (
          <TotalsList
            lines={[
              { label: t('loans.actions.quoteUnpaidPrincipal'), amount: data.unpaid_principal },
              { label: t('loans.actions.quoteUnpaidInterest'), amount: data.unpaid_interest },
              { label: t('loans.actions.quoteUnposted'), amount: data.unposted_principal },
              ...interestLines(data, t),
              ...(isZero(data.credit_used)
                ? []
                : [{ label: t('loans.actions.quoteCredit'), amount: `-${data.credit_used}` }]),
            ]}
            total={{ label: t('loans.actions.quoteTotal'), amount: data.total }}
          />
        )}
      </Preview>
      {!isZero(disputed) && (
        <Text size="sm">{t('loans.actions.quoteDisputed', { amount: formatDollars(disputed) })}</Text>
      )}
      {!isSettled && (
        <Checkbox
          label={t('loans.actions.withPayment')}
          checked={takesPayment}
          onChange={(event) => setTakesPayment(event.currentTarget.checked)}
        />
      )}
      {isPaid && (
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <ReferenceField
            of="payment.source_id"
            among="payoffs"
            hasFocus
            value={reference}
            onChange={setReference}
          />
          <Field of="payment.method" label={t('ledger.posting.method')}>
            <MethodField methods={METHODS} value={method} onChange={setMethod} />
          </Field>
          <ReceiptNoteFields
            within="payment"
            value={receipt}
            today={today}
            onChange={(changes) => setReceipt({ ...receipt, ...changes })}
          />
        </SimpleGrid>
      )}
    </ConfirmDialog>
  );
}

/** What has accrued by its basis, and what the weeks that have begun were planned to cost: together the interest. */
function interestLines(
  { interest, interest_basis: basis, interest_carried: carried }: Schemas['PayoffQuoteResponse'],
  t: TFunction,
): { label: string; amount: string; note?: string }[] {
  const { principal, annual_rate, days } = basis;
  const accrued = sumOf([interest, `-${carried}`]);
  const note = t('loans.schedule.basis', {
    principal: formatMoney(principal),
    rate: formatRate(annual_rate),
    days,
  });
  const lines = [
    { label: t('loans.actions.quoteCarried'), amount: carried },
    { label: t('loans.actions.quoteInterest'), amount: accrued, note: isZero(accrued) ? undefined : note },
  ];
  return lines.filter(({ amount }) => !isZero(amount));
}
