import { Anchor, Button } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../../api/client';
import { usePermission } from '../../../api/session';
import { formatCode, formatInstant } from '../../../shared/format';
import type { Column } from '../../../shared/lists/data-table';
import { DriverFilter } from '../../../shared/lists/filters';
import { ResourceListPage } from '../../../shared/lists/resource-list-page';
import { PageHeader } from '../../../shared/page/page-header';
import { Money } from '../../../shared/values/money';
import { withAccount } from '../account-column';
import { LedgerTabs } from '../ledger-tabs';
import { ApplyCreditsDialog } from './apply-credits-dialog';
import { RefundDialog } from './refund-dialog';

type Credit = Schemas['CreditListItem'];
type CreditAction = 'apply' | 'refund';

const LIST = { filters: ['driver_id'], sort: ['', 'desc'] } as const;

/** The credits that payments have left. A credit belongs to the driver, not to the lease of its payment. */
export function CreditsPage(): ReactNode {
  const { t } = useTranslation();
  const [action, setAction] = useState<CreditAction | null>(null);
  const close = (): void => setAction(null);
  return (
    <ResourceListPage
      path="/api/v1/ledger/credits"
      options={LIST}
      name="credits"
      caption={t('ledger.credits.caption')}
      empty={t('ledger.credits.none')}
      columns={(_, answer) => withAccount(columnsOf(t, answer?.total_left_over), t)}
      rowKey={({ posting_id }) => posting_id}
      rowHref={({ posting_id }) => `/ledger/postings/${posting_id}`}
      filters={(state) => <DriverFilter state={state} name="driver_id" />}
      header={<Header onAction={setAction} />}
    >
      {({ filters: { driver_id: driver } }) => {
        const driverId = driver === undefined ? null : parseInt(driver, 10);
        return (
          <>
            {action === 'apply' && <ApplyCreditsDialog driverId={driverId} onClose={close} />}
            {action === 'refund' && <RefundDialog driverId={driverId} onClose={close} />}
          </>
        );
      }}
    </ResourceListPage>
  );
}

function Header({ onAction }: { readonly onAction: (action: CreditAction) => void }): ReactNode {
  const { t } = useTranslation();
  const mayApply = usePermission('ledger:post');
  const mayRefund = usePermission('ledger:refund');
  return (
    <>
      <PageHeader
        title={t('ledger.credits.caption')}
        description={t('ledger.credits.description')}
        actions={
          <>
            {mayApply && (
              <Button variant="default" onClick={() => onAction('apply')}>
                {t('ledger.credits.apply')}
              </Button>
            )}
            {mayRefund && <Button onClick={() => onAction('refund')}>{t('ledger.credits.refund')}</Button>}
          </>
        }
      />
      <LedgerTabs />
    </>
  );
}

function columnsOf(t: TFunction, total: string | undefined): readonly Column<Credit>[] {
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
          <span className="quiet">{formatCode(source_type)}</span>
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
      footer: total && <Money amount={total} />,
    },
  ];
}
