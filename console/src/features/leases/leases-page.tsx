import { Anchor, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { codesOf, labels } from '../../i18n/code-lists';
import type { Schemas } from '../../api/client';
import { usePermission } from '../../api/session';
import { formatDate } from '../../shared/format';
import type { Column } from '../../shared/lists/data-table';
import { DriverFilter, StatusFilter, TextFilter } from '../../shared/lists/filters';
import { ResourceListPage } from '../../shared/lists/resource-list-page';
import { ImportLink } from '../../shared/page/import-link';
import { PageHeader } from '../../shared/page/page-header';
import { driverName } from '../../shared/values/driver';
import { Status } from '../../shared/values/status';
import { NewLeaseDialog } from './new-lease-dialog';

type Lease = Schemas['LeaseResponse'];

const LIST = {
  filters: ['q', 'status', 'driver_id', 'medallion_id', 'vehicle_id'],
  sort: ['created_on', 'desc'],
} as const;

export function LeasesPage(): ReactNode {
  const { t } = useTranslation();
  const mayManage = usePermission('leases:manage');
  const [isAdding, { open, close }] = useDisclosure();
  return (
    <ResourceListPage
      path="/api/v1/leases"
      options={LIST}
      name="leases"
      caption={t('leases.title')}
      empty={t('leases.none')}
      columns={columnsOf}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/leases/${id}`}
      filters={(state) => (
        <>
          <TextFilter state={state} name="q" label={t('list.search')} placeholder={t('leases.search')} />
          <StatusFilter
            state={state}
            name="status"
            label={t('field.status')}
            options={codesOf(labels.lease_status)}
          />
          <DriverFilter state={state} name="driver_id" />
        </>
      )}
      header={
        <PageHeader
          title={t('leases.title')}
          description={t('leases.description')}
          actions={
            <>
              <ImportLink to="/leases/import" permission="leases:manage" />
              {mayManage && <Button onClick={open}>{t('leases.add')}</Button>}
            </>
          }
        />
      }
    >
      {() => isAdding && <NewLeaseDialog onClose={close} />}
    </ResourceListPage>
  );
}

function columnsOf(t: TFunction): readonly Column<Lease>[] {
  return [
    {
      key: 'lease',
      title: t('leases.number'),
      sort: 'lease_number',
      render: ({ id, lease_number }) => (
        <Anchor component={Link} to={`/leases/${id}`} inherit fw={550}>
          {lease_number}
        </Anchor>
      ),
    },
    {
      key: 'driver',
      title: t('field.driver'),
      render: ({ driver }) => (
        <Anchor component={Link} to={`/drivers/${driver.id}`} inherit>
          {driverName(driver)}
        </Anchor>
      ),
    },
    { key: 'medallion', title: t('field.medallion'), from: 'sm', render: (lease) => lease.medallion_number },
    { key: 'plate', title: t('field.plate'), from: 'sm', render: (lease) => lease.vehicle_plate },
    { key: 'status', title: t('field.status'), render: ({ status }) => <Status of={status} /> },
    {
      key: 'start',
      title: t('leases.start'),
      sort: 'start_date',
      from: 'sm',
      unbroken: true,
      render: ({ start_date }) => formatDate(start_date),
    },
    {
      key: 'end',
      title: t('leases.end'),
      from: 'sm',
      render: ({ end_date }) =>
        end_date === null ? (
          <span className="quiet">{t('leases.open')}</span>
        ) : (
          <span className="figure">{formatDate(end_date)}</span>
        ),
    },
  ];
}
