import { Anchor, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/client';
import type { Schemas } from '../../api/client';
import { usePermission } from '../../api/session';
import { DataList } from '../../shared/data-list';
import type { Column } from '../../shared/data-table';
import { driverName } from '../../shared/driver-picker';
import { DriverFilter, StatusFilter, TextFilter } from '../../shared/filters';
import { formatDate } from '../../shared/format';
import { keepRows, listQuery, useListState } from '../../shared/list-state';
import { PageHeader } from '../../shared/page-header';
import { Status } from '../../shared/status';
import { ImportButton } from '../imports/import-button';
import { NewLeaseDialog } from './lease-dialogs';

type Lease = Schemas['LeaseResponse'];

const LIST = {
  filters: ['q', 'status', 'driver_id', 'medallion_id', 'vehicle_id'],
  sort: ['created_on', 'desc'],
} as const;

export function LeasesPage(): ReactNode {
  const { t } = useTranslation();
  const mayManage = usePermission('leases:manage');
  const [isAdding, { open, close }] = useDisclosure();
  const state = useListState(LIST);
  const query = listQuery(state);
  const leases = api.useQuery(
    'get',
    '/api/v1/leases',
    { params: { query } },
    { placeholderData: keepRows(query) },
  );
  const columns = useMemo(() => columnsOf(t), [t]);
  return (
    <div>
      <PageHeader
        title={t('people.leases.title')}
        lead={t('people.leases.lead')}
        actions={
          <>
            <ImportButton kind="leases" />
            {mayManage && <Button onClick={open}>{t('people.leases.add')}</Button>}
          </>
        }
      />
      <DataList
        name="leases"
        caption={t('people.leases.title')}
        columns={columns}
        state={state}
        query={leases}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `/leases/${id}`}
        empty={t('people.leases.none')}
        filters={
          <>
            <TextFilter
              state={state}
              name="q"
              label={t('list.search')}
              placeholder={t('people.leases.search')}
            />
            <StatusFilter
              state={state}
              name="status"
              label={t('field.status')}
              options={['ACTIVE', 'EXPIRED', 'TERMINATED']}
            />
            <DriverFilter state={state} name="driver_id" />
          </>
        }
      />
      {isAdding && <NewLeaseDialog onClose={close} />}
    </div>
  );
}

function columnsOf(t: TFunction): readonly Column<Lease>[] {
  return [
    {
      key: 'lease',
      title: t('people.leases.number'),
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
      title: t('people.leases.start'),
      sort: 'start_date',
      from: 'sm',
      unbroken: true,
      render: ({ start_date }) => formatDate(start_date),
    },
    {
      key: 'end',
      title: t('people.leases.end'),
      from: 'sm',
      render: ({ end_date }) =>
        end_date === null ? (
          <span className="quiet">{t('people.leases.open')}</span>
        ) : (
          <span className="figure">{formatDate(end_date)}</span>
        ),
    },
  ];
}
