import { Anchor, Button, Paper, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { usePermission } from '../../../api/session';
import type { Column } from '../../../shared/lists/data-table';
import { DataTable } from '../../../shared/lists/data-table';
import type { Detail } from '../../../shared/values/detail-list';
import { DetailList } from '../../../shared/values/detail-list';
import { StatGrid } from '../../../shared/values/stat-grid';
import {
  formatCode,
  formatDate,
  formatDollars,
  formatInstant,
  formatWeek,
  isZero,
  sumOf,
} from '../../../shared/format';
import { Money } from '../../../shared/values/money';
import { PageHeader } from '../../../shared/page/page-header';
import { QueryState } from '../../../shared/page/query-state';
import { Status } from '../../../shared/values/status';
import { UserName } from '../../../shared/values/user-name';
import { AccountOf } from '../account-link';
import { ReceiptButton } from '../payments/receipt-button';
import { hasCategory, signedAmount } from './posting-columns';
import { VoidDialog } from './void-dialog';

type PostingDetail = Schemas['PostingDetailResponse'];
type Allocation = PostingDetail['allocations'][number];

type Kind = PostingDetail['kind'];

/** Postings of money that came in, which have a receipt */
const RECEIVED_KINDS: readonly Kind[] = ['PAYMENT', 'RECOVERY'];

/** Postings with a payment method */
const MONEY_KINDS: readonly Kind[] = [...RECEIVED_KINDS, 'REFUND'];

/** A line of the ledger. It cannot be changed, only voided. */
export function PostingPage(): ReactNode {
  const { t } = useTranslation();
  const { postingId = '' } = useParams();
  const [isVoiding, { open, close }] = useDisclosure();
  const posting = api.useQuery('get', '/api/v1/ledger/postings/{posting_id}', {
    params: { path: { posting_id: postingId } },
  });
  return (
    <div>
      <PageHeader
        title={t('ledger.posting.title', { id: postingId })}
        breadcrumbs={[
          { label: t('ledger.title'), to: '/ledger' },
          { label: t('ledger.tabs.postings'), to: '/ledger/postings' },
        ]}
        badge={posting.data && <Status of={posting.data.status} />}
        description={posting.data?.description ?? undefined}
        actions={posting.data && <PostingActions posting={posting.data} onVoid={open} />}
      />
      <QueryState query={posting}>{(data) => <PostingBody posting={data} />}</QueryState>
      {isVoiding && posting.data && <VoidDialog posting={posting.data} onClose={close} />}
    </div>
  );
}

interface PostingActionsProps {
  readonly posting: PostingDetail;
  readonly onVoid: () => void;
}

function PostingActions({ posting, onVoid }: PostingActionsProps): ReactNode {
  const { t } = useTranslation();
  const mayVoid = usePermission('ledger:void');
  return (
    <>
      {RECEIVED_KINDS.includes(posting.kind) && <ReceiptButton postingId={posting.posting_id} />}
      {mayVoid && isVoidable(posting) && (
        <Button variant="default" onClick={onVoid}>
          {t('ledger.posting.void')}
        </Button>
      )}
    </>
  );
}

const isVoidable = ({ status, reverses_posting_id }: PostingDetail): boolean =>
  status === 'POSTED' && reverses_posting_id === null;

function PostingBody({ posting }: { readonly posting: PostingDetail }): ReactNode {
  const { t } = useTranslation();
  const link = (id: string): ReactNode => (
    <Anchor component={Link} to={`/ledger/postings/${id}`} inherit>
      {id}
    </Anchor>
  );
  const voided: Detail[] =
    posting.voided_by_posting_id === null
      ? []
      : [
          { label: t('ledger.posting.voidedBy'), value: link(posting.voided_by_posting_id) },
          { label: t('ledger.posting.voidReason'), value: posting.void_reason },
          {
            label: t('ledger.posting.voidedAt'),
            value: posting.voided_at === null ? '—' : formatInstant(posting.voided_at),
          },
        ];
  return (
    <>
      <StatGrid
        stats={[
          { label: t('field.amount'), value: formatDollars(signedAmount(posting)) },
          { label: t('ledger.posting.kind'), value: t(`ledger.posting.kinds.${posting.kind}`) },
          ...(hasCategory(posting)
            ? [{ label: t('field.category'), value: t(`category.${posting.category}`) }]
            : []),
          ...(posting.left_over === null
            ? []
            : [{ label: t('ledger.posting.leftOver'), value: formatDollars(posting.left_over) }]),
        ]}
      />
      <Paper p="lg" mb="lg">
        <DetailList
          details={[
            ...sourceOf(posting, t),
            ...(posting.notes === null ? [] : [{ label: t('ledger.posting.note'), value: posting.notes }]),
            { label: t('ledger.posting.period'), value: formatWeek(posting.payment_period_start) },
            { label: t('ledger.posting.at'), value: formatInstant(posting.posted_at) },
            { label: t('ledger.posting.by'), value: <UserName id={posting.posted_by} /> },
            { label: t('ledger.posting.account'), value: <AccountOf record={posting} /> },
            ...(posting.reverses_posting_id === null
              ? []
              : [{ label: t('ledger.posting.reverses'), value: link(posting.reverses_posting_id) }]),
            ...voided,
          ]}
        />
      </Paper>
      {(posting.kind === 'PAYMENT' || posting.allocations.length > 0) && <Settled posting={posting} />}
    </>
  );
}

/** The source of a posting. For a payment, recovery or refund: the method, the day and the number of the receipt. */
function sourceOf(posting: PostingDetail, t: TFunction): Detail[] {
  const { kind, source_type: type, source_id: id, payment_method: method, received_on: day } = posting;
  if (!MONEY_KINDS.includes(kind))
    return [{ label: t('ledger.posting.source'), value: `${formatCode(type)} · ${id}` }];
  return [
    {
      label: t('ledger.posting.method'),
      value: method === null ? formatCode(type) : t(`ledger.posting.methods.${method}`),
    },
    { label: t('ledger.pay.reference'), value: id },
    ...(day === null ? [] : [{ label: t('ledger.posting.receivedOn'), value: formatDate(day) }]),
  ];
}

/** The settled balances. Together with the refunded and the remaining amount they add up to the whole amount. */
function Settled({ posting }: { readonly posting: PostingDetail }): ReactNode {
  const { t } = useTranslation();
  const { allocations, refunded, left_over: left, status } = posting;
  const title = t(status === 'VOIDED' ? 'ledger.posting.settledUntilVoid' : 'ledger.posting.settled');
  return (
    <section>
      <Title order={2} mb="sm">
        {title}
      </Title>
      {allocations.length === 0 ? (
        <Text c="dimmed" size="sm">
          {t('ledger.posting.settledNothing')}
        </Text>
      ) : (
        <DataTable
          caption={title}
          rows={allocations}
          rowKey={({ allocation_id }) => allocation_id}
          rowHref={({ balance_id }) => `/ledger/balances/${balance_id}`}
          columns={settledColumns(allocations, t)}
        />
      )}
      {status === 'POSTED' && left !== null && (
        <Text size="sm" mt="sm">
          {t('ledger.posting.leftNote', { amount: formatDollars(left) })}
          {refunded !== null &&
            !isZero(refunded) &&
            ` ${t('ledger.posting.refundedNote', { amount: formatDollars(refunded) })}`}
        </Text>
      )}
    </section>
  );
}

function settledColumns(allocations: readonly Allocation[], t: TFunction): readonly Column<Allocation>[] {
  return [
    {
      key: 'balance',
      title: t('ledger.balance.id'),
      footer: t('ledger.posting.voidSum'),
      render: ({ balance_id: id }) => (
        <Anchor component={Link} inherit to={`/ledger/balances/${id}`} className="figure">
          {id}
        </Anchor>
      ),
    },
    {
      key: 'category',
      title: t('field.category'),
      from: 'sm',
      render: (row) => t(`category.${row.category}`),
    },
    { key: 'for', title: t('ledger.balance.reference'), render: ({ reference_id }) => reference_id },
    {
      key: 'due',
      title: t('field.due'),
      from: 'sm',
      unbroken: true,
      render: ({ due_date }) => formatDate(due_date),
    },
    {
      key: 'amount',
      title: t('field.amount'),
      numeric: true,
      render: (row) => <Money amount={row.amount_allocated} />,
      footer: <Money amount={sumOf(allocations.map((row) => row.amount_allocated))} />,
    },
  ];
}
