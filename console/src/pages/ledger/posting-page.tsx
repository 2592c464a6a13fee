import { Anchor, Button, Paper } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api } from '../../api/client';
import { usePermission } from '../../api/session';
import type { Fact } from '../../shared/facts';
import { FactList, Facts } from '../../shared/facts';
import { formatDate, formatDollars, formatInstant, formatWeek } from '../../shared/format';
import { PageHeader } from '../../shared/page-header';
import { QueryState } from '../../shared/query-state';
import { Status } from '../../shared/status';
import { UserName } from '../../shared/user-name';
import { AccountOf } from './account-link';
import type { Posting } from './posting-columns';
import { signedAmount } from './posting-columns';
import { VoidDialog } from './void-dialog';

/** One line of the ledger. It never changes; a mistake is voided. */
export function PostingPage(): ReactNode {
  const { t } = useTranslation();
  const { postingId = '' } = useParams();
  const mayVoid = usePermission('ledger:void');
  const [isVoiding, { open, close }] = useDisclosure();
  const posting = api.useQuery('get', '/api/v1/ledger/postings/{posting_id}', {
    params: { path: { posting_id: postingId } },
  });
  const canVoid = mayVoid && posting.data?.status === 'POSTED' && posting.data.reverses_posting_id === null;
  return (
    <div>
      <PageHeader
        title={t('ledger.posting.title', { id: postingId })}
        trail={[
          { label: t('ledger.title'), to: '/ledger' },
          { label: t('ledger.tabs.postings'), to: '/ledger/postings' },
        ]}
        mark={posting.data && <Status of={posting.data.status} />}
        lead={posting.data?.description ?? undefined}
        actions={
          canVoid && (
            <Button variant="default" onClick={open}>
              {t('ledger.posting.void')}
            </Button>
          )
        }
      />
      <QueryState query={posting}>{(data) => <PostingBody posting={data} />}</QueryState>
      {isVoiding && posting.data && <VoidDialog posting={posting.data} onClose={close} />}
    </div>
  );
}

function PostingBody({ posting }: { readonly posting: Posting }): ReactNode {
  const { t } = useTranslation();
  const link = (id: string): ReactNode => (
    <Anchor component={Link} to={`/ledger/postings/${id}`} inherit>
      {id}
    </Anchor>
  );
  const voided: Fact[] =
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
      <Facts
        facts={[
          { label: t('field.amount'), value: formatDollars(signedAmount(posting)) },
          { label: t('ledger.posting.kind'), value: t(`ledger.posting.kinds.${posting.kind}`) },
          { label: t('field.category'), value: t(`category.${posting.category}`) },
        ]}
      />
      <Paper p="lg">
        <FactList
          facts={[
            { label: t('ledger.posting.source'), value: `${posting.source_type} · ${posting.source_id}` },
            ...(posting.payment_method === null
              ? []
              : [
                  {
                    label: t('ledger.posting.method'),
                    value: t(`ledger.posting.methods.${posting.payment_method}`),
                  },
                ]),
            ...(posting.received_on === null
              ? []
              : [{ label: t('ledger.posting.receivedOn'), value: formatDate(posting.received_on) }]),
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
    </>
  );
}
