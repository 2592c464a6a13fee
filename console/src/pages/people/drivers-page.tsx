import { Anchor, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/client';
import { usePermission } from '../../api/session';
import { DataList } from '../../shared/data-list';
import type { Column } from '../../shared/data-table';
import type { Driver } from '../../shared/driver-picker';
import { driverName } from '../../shared/driver-picker';
import { StatusFilter, TextFilter } from '../../shared/filters';
import { formatInstant } from '../../shared/format';
import { keepRows, listQuery, useListState } from '../../shared/list-state';
import { PageHeader } from '../../shared/page-header';
import { Status } from '../../shared/status';
import { ImportButton } from '../imports/import-button';
import { DriverDialog } from './driver-dialog';

const LIST = { filters: ['q', 'status'], sort: ['last_name', 'asc'] } as const;

export function DriversPage(): ReactNode {
  const { t } = useTranslation();
  const mayManage = usePermission('drivers:manage');
  const [isAdding, { open, close }] = useDisclosure();
  const state = useListState(LIST);
  const query = listQuery(state);
  const drivers = api.useQuery(
    'get',
    '/api/v1/drivers',
    { params: { query } },
    { placeholderData: keepRows(query) },
  );
  const columns = useMemo(() => columnsOf(t), [t]);
  return (
    <div>
      <PageHeader
        title={t('people.drivers.title')}
        lead={t('people.drivers.lead')}
        actions={
          <>
            <ImportButton kind="drivers" />
            {mayManage && <Button onClick={open}>{t('people.drivers.add')}</Button>}
          </>
        }
      />
      <DataList
        name="drivers"
        caption={t('people.drivers.title')}
        columns={columns}
        state={state}
        query={drivers}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `/drivers/${id}`}
        empty={t('people.drivers.none')}
        filters={
          <>
            <TextFilter
              state={state}
              name="q"
              label={t('list.search')}
              placeholder={t('people.drivers.search')}
            />
            <StatusFilter
              state={state}
              name="status"
              label={t('field.status')}
              options={['ACTIVE', 'INACTIVE', 'SUSPENDED']}
            />
          </>
        }
      />
      {isAdding && <DriverDialog onClose={close} />}
    </div>
  );
}

function columnsOf(t: TFunction): readonly Column<Driver>[] {
  return [
    {
      key: 'name',
      title: t('people.drivers.name'),
      sort: 'last_name',
      render: (driver) => (
        <Anchor component={Link} to={`/drivers/${driver.id}`} inherit fw={550}>
          {driverName(driver)}
        </Anchor>
      ),
    },
    {
      key: 'tlc',
      title: t('field.tlc'),
      sort: 'tlc_license_number',
      render: ({ tlc_license_number: tlc }) => <span className="figure">{tlc}</span>,
    },
    { key: 'status', title: t('field.status'), render: ({ status }) => <Status of={status} /> },
    { key: 'phone', title: t('people.drivers.phone'), from: 'sm', render: ({ phone }) => phone },
    { key: 'email', title: t('people.drivers.email'), from: 'md', render: ({ email }) => email },
    {
      key: 'created',
      title: t('people.drivers.created'),
      sort: 'created_on',
      optional: true,
      unbroken: true,
      render: ({ created_on }) => formatInstant(created_on),
    },
  ];
}
