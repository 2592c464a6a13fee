import { Anchor, Button } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/client';
import type { Schemas } from '../../api/client';
import { usePermission } from '../../api/session';
import { DataList } from '../../shared/data-list';
import type { Column } from '../../shared/data-table';
import { DriverFilter } from '../../shared/filters';
import { formatInstant } from '../../shared/format';
import { keepRows, listQuery, useListState } from '../../shared/list-state';
import { Money } from '../../shared/money';
import { PageHeader } from '../../shared/page-header';
import { withAccount } from './account-column';
import { ApplyCreditsDialog } from './apply-credits-dialog';
import { LedgerTabs } from './ledger-tabs';
import { RefundDialog } from './refund-dialog';

type Credit = Schemas['CreditListItem'];

const LIST = { filters: ['driver_id'], sort: ['', 'desc'] } as const;

/** What payments have left over, payment by payment; the driver's, under whatever lease it was paid. */
export function CreditsPage(): ReactNode {
  const { t } = useTranslation();
  const mayApply = usePermission('ledger:post');
  const mayRefund = usePermission('ledger:refund');
  const [act, setAct] = useState<'apply' | 'refund' | null>(null);
  const close = (): void => setAct(null);
  const state = useListState(LIST);
  const driver = state.filters.driver_id;
  const driverId = driver === undefined ? null : parseInt(driver, 10);
  const query = listQuery(state);
  const credits = api.useQuery(
    'get',
    '/api/v1/ledger/credits',
    { params: { query } },
    { placeholderData: keepRows(query) },
  );
  const sum = credits.data?.total_left_over;
  const columns = useMemo(() => withAccount(columnsOf(sum, t), t), [sum, t]);
  return (
    <div>
      <PageHeader
        title={t('ledger.credits.caption')}
        lead={t('ledger.credits.lead')}
        actions={
          <>
            {mayApply && (
              <Button variant="default" onClick={() => setAct('apply')}>
                {t('ledger.credits.apply')}
              </Button>
            )}
            {mayRefund && <Button onClick={() => setAct('refund')}>{t('ledger.credits.refund')}</Button>}
          </>
        }
      />
      <LedgerTabs />
      <DataList
        name="credits"
        caption={t('ledger.credits.caption')}
        columns={columns}
        state={state}
        query={credits}
        rowKey={({ posting_id }) => posting_id}
        rowHref={({ posting_id }) => `/ledger/postings/${posting_id}`}
        empty={t('ledger.credits.none')}
        filters={<DriverFilter state={state} name="driver_id" />}
      />
      {act === 'apply' && <ApplyCreditsDialog driverId={driverId} onClose={close} />}
      {act === 'refund' && <RefundDialog driverId={driverId} onClose={close} />}
    </div>
  );
}

function columnsOf(sum: string | undefined, t: TFunction): readonly Column<Credit>[] {
  return [
    {
      key: 'id',
      title: t('ledger.credits.payment'),
      footer: t('ledger.credits.total'),
      render: ({ posting_id: id }) => (
        <Anchor component={Link} to={`/ledger/postings/${id}`} inherit fw={550} className="figure">
          {id}
        </Anchor>
      ),
    },
    {
      key: 'source',
      title: t('ledger.posting.source'),
      from: 'md',
      render: ({ source_type, source_id }) => (
        <>
          {source_id}
          <br />
          <span className="quiet">{source_type}</span>
        </>
      ),
    },
    {
      key: 'at',
      title: t('ledger.posting.at'),
      from: 'sm',
      unbroken: true,
      render: ({ posted_at }) => formatInstant(posted_at),
    },
    {
      key: 'amount',
      title: t('ledger.pay.total'),
      numeric: true,
      from: 'sm',
      render: ({ amount }) => <Money amount={amount} />,
    },
    {
      key: 'left',
      title: t('ledger.credits.left'),
      numeric: true,
      render: ({ left_over }) => <Money amount={left_over} />,
      footer: sum && <Money amount={sum} />,
    },
  ];
}
