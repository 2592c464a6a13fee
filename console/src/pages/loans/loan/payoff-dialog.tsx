import { Checkbox, Text, TextInput } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { useWrite } from '../../../api/write';
import { ConfirmDialog } from '../../../shared/confirm-dialog';
import { formatDollars, formatMoney, formatRate, isZero } from '../../../shared/format';
import { Preview } from '../../../shared/preview';
import { SumLines } from '../../../shared/sum-lines';
import type { Loan } from './loan-page';

interface PayoffDialogProps {
  readonly loan: Loan;
  readonly onClose: () => void;
}

/** The quote of today; paid on the spot, or posted and owed. */
export function PayoffDialog({ loan, onClose }: PayoffDialogProps): ReactNode {
  const { t } = useTranslation();
  const path = { loan_id: loan.loan_id };
  const [takesPayment, setTakesPayment] = useState(true);
  const [receipt, setReceipt] = useState('');
  const [reason, setReason] = useState('');
  const quote = api.useQuery('get', '/api/v1/loans/{loan_id}/payoff', { params: { path } }, { gcTime: 0 });
  const { total = '0.00', disputed = '0.00' } = quote.data ?? {};
  // the driver's credit may settle all of it
  const isPaid = takesPayment && !isZero(total);
  const payingOff = useWrite(
    (body: Schemas['PayOffLoanDto'], key) =>
      client.POST('/api/v1/loans/{loan_id}/payoff', {
        params: { path, header: { 'Idempotency-Key': key } },
        body,
      }),
    {
      done: () =>
        t(isPaid || isZero(total) ? 'loans.actions.donePayoff' : 'loans.actions.donePayoffOwed', {
          loan: loan.loan_id,
        }),
      onDone: onClose,
    },
  );
  const payment = { amount: total, source_type: 'PAYOFF', source_id: receipt.trim() };
  const given = { reason: reason.trim() || undefined };
  return (
    <ConfirmDialog
      title={`${t('loans.actions.payoff')} · ${loan.loan_id}`}
      text={t('loans.actions.payoffText')}
      onClose={onClose}
      onConfirm={() => payingOff.mutate(isPaid ? { payment, ...given } : given)}
      confirmLabel={t('loans.actions.confirmPayoff', { amount: formatDollars(total) })}
      canConfirm={quote.isSuccess && (!isPaid || receipt.trim() !== '')}
      isSending={payingOff.isPending}
      error={payingOff.error}
      reason={{ value: reason, onChange: setReason, isOptional: true }}
    >
      <Preview query={quote}>
        {(data) => (
          <SumLines
            lines={[
              { label: t('loans.actions.quoteUnpaidPrincipal'), amount: data.unpaid_principal },
              { label: t('loans.actions.quoteUnpaidInterest'), amount: data.unpaid_interest },
              { label: t('loans.actions.quoteUnposted'), amount: data.unposted_principal },
              { label: t('loans.actions.quoteInterest'), amount: data.interest, note: basisOf(data, t) },
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
      {!isZero(total) && (
        <Checkbox
          label={t('loans.actions.withPayment')}
          checked={takesPayment}
          onChange={(event) => setTakesPayment(event.currentTarget.checked)}
        />
      )}
      {isPaid && (
        <TextInput
          data-autofocus
          label={t('loans.actions.paymentReference')}
          required
          maxLength={64}
          value={receipt}
          onChange={(event) => setReceipt(event.currentTarget.value)}
        />
      )}
    </ConfirmDialog>
  );
}

function basisOf(
  { interest, interest_basis: basis }: Schemas['PayoffQuoteResponse'],
  t: TFunction,
): string | undefined {
  if (isZero(interest)) return undefined;
  const { principal, annual_rate, days } = basis;
  return t('loans.schedule.basis', {
    principal: formatMoney(principal),
    rate: formatRate(annual_rate),
    days,
  });
}
