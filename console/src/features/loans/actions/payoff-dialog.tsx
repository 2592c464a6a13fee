import { Checkbox, SimpleGrid, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { formatDollars, formatRate, isZero, sumOf } from '../../../shared/format';
import { ConfirmDialog } from '../../../shared/forms/confirm-dialog';
import { Field } from '../../../shared/forms/form-errors';
import type { Method, ReceiptNote } from '../../../shared/forms/payment-fields';
import {
  EMPTY_NOTE,
  METHODS,
  MethodField,
  ReceiptNoteFields,
  ReferenceField,
  toReceiptNote,
} from '../../../shared/forms/payment-fields';
import { Preview } from '../../../shared/forms/preview';
import { useWrite } from '../../../shared/forms/use-write';
import { useBusinessDate } from '../../../shared/posting-schedule';
import { TotalsList } from '../../../shared/values/totals-list';
import type { Loan } from '../loan';

type Quote = Schemas['PayoffQuoteResponse'];

/** The payment of the payoff, as typed */
interface PaymentInput extends ReceiptNote {
  readonly method: Method | null;
  readonly reference: string;
}

interface PayoffDialogProps {
  readonly loan: Loan;
  readonly onClose: () => void;
}

/** Pays a loan off at today's quote, either with its payment or as an amount that the driver owes. */
export function PayoffDialog({ loan, onClose }: PayoffDialogProps): ReactNode {
  const { t } = useTranslation();
  const path = { loan_id: loan.loan_id };
  const [withPayment, setWithPayment] = useState(true);
  const [input, setInput] = useState<PaymentInput>({ method: null, reference: '', ...EMPTY_NOTE });
  const [reason, setReason] = useState('');
  const quote = api.useQuery('get', '/api/v1/loans/{loan_id}/payoff', { params: { path } }, { gcTime: 0 });
  const total = quote.data?.total ?? '0.00';
  // the credit of the driver can pay the whole quote
  const isPaidByCredit = quote.isSuccess && isZero(total);
  const hasPayment = withPayment && !isPaidByCredit;
  const payment = hasPayment ? toPayment(input, total) : undefined;
  const payingOff = useWrite(
    (body: Schemas['PayOffLoanDto'], key) =>
      client.POST('/api/v1/loans/{loan_id}/payoff', {
        params: { path, header: { 'Idempotency-Key': key } },
        body,
      }),
    {
      successMessage: () =>
        t(hasPayment || isPaidByCredit ? 'loans.actions.donePayoff' : 'loans.actions.donePayoffOwed', {
          loan: loan.loan_id,
        }),
      preview: quote,
      onSuccess: onClose,
    },
  );
  return (
    <ConfirmDialog
      title={`${t('loans.actions.payoff')} · ${loan.loan_id}`}
      text={t('loans.actions.payoffText')}
      onClose={onClose}
      onConfirm={() => payment !== null && payingOff.mutate({ payment, reason: reason.trim() || undefined })}
      confirmLabel={t('loans.actions.confirmPayoff', { amount: formatDollars(total) })}
      canConfirm={quote.isSuccess && payment !== null}
      isSending={payingOff.isPending}
      error={payingOff.error}
      reason={{ value: reason, onChange: setReason, isOptional: true }}
    >
      <Preview query={quote}>{(data) => <QuoteTotals quote={data} />}</Preview>
      {quote.data && <DisputedAmount quote={quote.data} />}
      {!isPaidByCredit && (
        <Checkbox
          label={t('loans.actions.withPayment')}
          checked={withPayment}
          onChange={(event) => setWithPayment(event.currentTarget.checked)}
        />
      )}
      {hasPayment && (
        <PaymentFields input={input} onChange={(changes) => setInput({ ...input, ...changes })} />
      )}
    </ConfirmDialog>
  );
}

/** The payment in the form of the API; null while the input is incomplete. */
function toPayment(
  input: PaymentInput,
  amount: string,
): NonNullable<Schemas['PayOffLoanDto']['payment']> | null {
  const note = toReceiptNote(input);
  const reference = input.reference.trim();
  const { method } = input;
  if (reference === '' || method === null || note === null) return null;
  return { amount, source_type: 'PAYOFF', source_id: reference, method, ...note };
}

interface PaymentFieldsProps {
  readonly input: PaymentInput;
  readonly onChange: (changes: Partial<PaymentInput>) => void;
}

function PaymentFields({ input, onChange }: PaymentFieldsProps): ReactNode {
  const { t } = useTranslation();
  const today = useBusinessDate();
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <ReferenceField
        of="payment.source_id"
        among="payoffs"
        hasFocus
        value={input.reference}
        onChange={(reference) => onChange({ reference })}
      />
      <Field of="payment.method" label={t('ledger.posting.method')}>
        <MethodField methods={METHODS} value={input.method} onChange={(method) => onChange({ method })} />
      </Field>
      <ReceiptNoteFields within="payment" value={input} today={today} onChange={onChange} />
    </SimpleGrid>
  );
}

function QuoteTotals({ quote }: { readonly quote: Quote }): ReactNode {
  const { t } = useTranslation();
  return (
    <TotalsList
      lines={[
        { label: t('loans.actions.quoteUnpaidPrincipal'), amount: quote.unpaid_principal },
        { label: t('loans.actions.quoteUnpaidInterest'), amount: quote.unpaid_interest },
        { label: t('loans.actions.quoteUnposted'), amount: quote.unposted_principal },
        ...interestLines(quote, t),
        ...(isZero(quote.credit_used)
          ? []
          : [{ label: t('loans.actions.quoteCredit'), amount: `-${quote.credit_used}` }]),
      ]}
      total={{ label: t('loans.actions.quoteTotal'), amount: quote.total }}
    />
  );
}

function DisputedAmount({ quote: { disputed } }: { readonly quote: Quote }): ReactNode {
  const { t } = useTranslation();
  if (isZero(disputed)) return null;
  return <Text size="sm">{t('loans.actions.quoteDisputed', { amount: formatDollars(disputed) })}</Text>;
}

/** The planned interest of the weeks that have started, and the interest that has accrued since, with its calculation. */
function interestLines(
  { interest, interest_basis: basis, interest_carried: carried }: Quote,
  t: TFunction,
): { label: string; amount: string; note?: string }[] {
  const { principal, annual_rate, days } = basis;
  const accrued = sumOf([interest, `-${carried}`]);
  const note = t('loans.schedule.basis', {
    principal: formatDollars(principal),
    rate: formatRate(annual_rate),
    days,
  });
  const lines = [
    { label: t('loans.actions.quoteCarried'), amount: carried },
    { label: t('loans.actions.quoteInterest'), amount: accrued, note: isZero(accrued) ? undefined : note },
  ];
  return lines.filter(({ amount }) => !isZero(amount));
}
