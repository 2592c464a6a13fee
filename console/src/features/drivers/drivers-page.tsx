import { Anchor, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { codesOf, labels } from '../../i18n/code-lists';
import { usePermission } from '../../api/session';
import { formatInstant } from '../../shared/format';
import type { Column } from '../../shared/lists/data-table';
import { StatusFilter, TextFilter } from '../../shared/lists/filters';
import { ResourceListPage } from '../../shared/lists/resource-list-page';
import { ImportLink } from '../../shared/page/import-link';
import { PageHeader } from '../../shared/page/page-header';
import type { Driver } from '../../shared/values/driver';
import { driverName } from '../../shared/values/driver';
import { Status } from '../../shared/values/status';
import { DriverDialog } from './driver-dialog';

const LIST = { filters: ['q', 'status'], sort: ['last_name', 'asc'] } as const;

export function DriversPage(): ReactNode {
  const { t } = useTranslation();
  const mayManage = usePermission('drivers:manage');
  const [isAdding, { open, close }] = useDisclosure();
  return (
    <ResourceListPage
      path="/api/v1/drivers"
      options={LIST}
      name="drivers"
      caption={t('drivers.title')}
      empty={t('drivers.none')}
      columns={columnsOf}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/drivers/${id}`}
      filters={(state) => (
        <>
          <TextFilter state={state} name="q" label={t('list.search')} placeholder={t('drivers.search')} />
          <StatusFilter
            state={state}
            name="status"
            label={t('field.status')}
            options={codesOf(labels.driver_status)}
          />
        </>
      )}
      header={
        <PageHeader
          title={t('drivers.title')}
          description={t('drivers.description')}
          actions={
            <>
              <ImportLink to="/drivers/import" permission="drivers:manage" />
              {mayManage && <Button onClick={open}>{t('drivers.add')}</Button>}
            </>
          }
        />
      }
    >
      {() => isAdding && <DriverDialog onClose={close} />}
    </ResourceListPage>
  );
}

function columnsOf(t: TFunction): readonly Column<Driver>[] {
  return [
    {
      key: 'name',
      title: t('drivers.name'),
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
    { key: 'phone', title: t('drivers.phone'), from: 'sm', render: ({ phone }) => phone },
    { key: 'email', title: t('drivers.email'), from: 'md', render: ({ email }) => email },
    {
      key: 'created',
      title: t('drivers.created'),
      sort: 'created_on',
      optional: true,
      unbroken: true,
      render: ({ created_on }) => formatInstant(created_on),
    },
  ];
}
