import { Anchor, Button, Paper } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api } from '../../api/client';
import type { Schemas } from '../../api/client';
import { usePermission } from '../../api/session';
import { driverName } from '../../shared/values/driver';
import { DetailList } from '../../shared/values/detail-list';
import { formatDate } from '../../shared/format';
import { PageHeader } from '../../shared/page/page-header';
import { QueryState } from '../../shared/page/query-state';
import { Status } from '../../shared/values/status';
import { EditLeaseDialog } from './edit-lease-dialog';

export function LeasePage(): ReactNode {
  const { t } = useTranslation();
  const id = parseInt(useParams()['leaseId'] ?? '', 10) || 0;
  const mayManage = usePermission('leases:manage');
  const [isEditing, { open, close }] = useDisclosure();
  const lease = api.useQuery('get', '/api/v1/leases/{lease_id}', { params: { path: { lease_id: id } } });
  return (
    <div>
      <PageHeader
        title={lease.data?.lease_number ?? t('field.lease')}
        breadcrumbs={[{ label: t('leases.title'), to: '/leases' }]}
        badge={lease.data && <Status of={lease.data.status} />}
        actions={
          mayManage &&
          lease.data && (
            <Button variant="default" onClick={open}>
              {t('leases.edit')}
            </Button>
          )
        }
      />
      <QueryState query={lease}>{(data) => <LeaseBody lease={data} />}</QueryState>
      {isEditing && <EditLeaseDialog id={id} onClose={close} />}
    </div>
  );
}

function LeaseBody({ lease }: { readonly lease: Schemas['LeaseResponse'] }): ReactNode {
  const { t } = useTranslation();
  return (
    <Paper p="lg">
      <DetailList
        details={[
          {
            label: t('field.driver'),
            value: (
              <Anchor component={Link} to={`/drivers/${lease.driver.id}`} inherit>
                {driverName(lease.driver)}
              </Anchor>
            ),
          },
          { label: t('field.medallion'), value: lease.medallion_number },
          { label: t('field.plate'), value: lease.vehicle_plate },
          { label: t('leases.start'), value: formatDate(lease.start_date) },
          {
            label: t('leases.end'),
            value: lease.end_date === null ? t('leases.open') : formatDate(lease.end_date),
          },
          {
            label: t('drivers.account'),
            value: (
              <Anchor component={Link} to={`/ledger/accounts/${lease.driver_id}/${lease.id}`} inherit>
                {t('loans.detail.account')}
              </Anchor>
            ),
          },
          {
            label: t('drivers.loans'),
            value: (
              <Anchor
                component={Link}
                to={`/loans?driver_id=${lease.driver_id}&lease_id=${lease.id}`}
                inherit
              >
                {t('loans.title')}
              </Anchor>
            ),
          },
        ]}
      />
    </Paper>
  );
}
