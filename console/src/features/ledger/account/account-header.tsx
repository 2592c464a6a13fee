import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api } from '../../../api/client';
import { usePermission } from '../../../api/session';
import { hasDraft } from '../../../shared/forms/draft';
import { driverName } from '../../../shared/values/driver';
import { PageHeader } from '../../../shared/page/page-header';
import { chargeForm } from './charge';
import { ChargeDialog } from './charge-dialog';

/** The account in the address: a driver and a lease. */
export function useAccount(): { driverId: number; leaseId: number } {
  const { driverId = '', leaseId = '' } = useParams();
  return { driverId: parseInt(driverId, 10) || 0, leaseId: parseInt(leaseId, 10) || 0 };
}

interface AccountHeaderProps {
  /** The title of a page below the account */
  readonly title?: string;
  readonly actions?: ReactNode;
}

export function AccountHeader({ title, actions }: AccountHeaderProps): ReactNode {
  const { t } = useTranslation();
  const { driverId, leaseId } = useAccount();
  const mayPost = usePermission('ledger:post');
  const [isCharging, { open, close }] = useDisclosure(hasDraft(chargeForm({ driverId, leaseId })));
  const driver = api.useQuery('get', '/api/v1/drivers/{driver_id}', {
    params: { path: { driver_id: driverId } },
  });
  const lease = api.useQuery('get', '/api/v1/leases/{lease_id}', { params: { path: { lease_id: leaseId } } });
  const base = `/ledger/accounts/${driverId}/${leaseId}`;
  const account = t('ledger.account.title', { driver: driver.data ? driverName(driver.data) : driverId });
  return (
    <PageHeader
      title={title ?? account}
      breadcrumbs={[
        { label: t('ledger.title'), to: '/ledger' },
        ...(title === undefined ? [] : [{ label: account, to: base }]),
      ]}
      description={
        lease.data &&
        t('ledger.account.description', {
          lease: lease.data.lease_number,
          medallion: lease.data.medallion_number,
        })
      }
      actions={
        title === undefined && (
          <>
            {actions}
            {mayPost && (
              <>
                <Button variant="default" onClick={open}>
                  {t('ledger.charge.title')}
                </Button>
                <Button component={Link} to={`${base}/pay`}>
                  {t('ledger.account.pay')}
                </Button>
              </>
            )}
            {isCharging && <ChargeDialog key={base} account={{ driverId, leaseId }} onClose={close} />}
          </>
        )
      }
    />
  );
}
