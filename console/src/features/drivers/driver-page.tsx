import { Anchor, Button, Group, Paper, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api } from '../../api/client';
import { usePermission } from '../../api/session';
import { EmptyList } from '../../shared/lists/empty-list';
import { DataTable } from '../../shared/lists/data-table';
import type { Driver } from '../../shared/values/driver';
import { driverName } from '../../shared/values/driver';
import { DetailList } from '../../shared/values/detail-list';
import { formatDate, formatInstant } from '../../shared/format';
import { Money } from '../../shared/values/money';
import { PageHeader } from '../../shared/page/page-header';
import { QueryState } from '../../shared/page/query-state';
import { Status } from '../../shared/values/status';
import { DriverDialog } from './driver-dialog';

/** A driver with leases, loans and the way to the ledger. */
export function DriverPage(): ReactNode {
  const { t } = useTranslation();
  const id = parseInt(useParams()['driverId'] ?? '', 10) || 0;
  const mayManage = usePermission('drivers:manage');
  const mayLend = usePermission('loans:create');
  const [isEditing, { open, close }] = useDisclosure();
  const driver = api.useQuery('get', '/api/v1/drivers/{driver_id}', { params: { path: { driver_id: id } } });
  return (
    <div>
      <PageHeader
        title={driver.data ? driverName(driver.data) : t('field.driver')}
        breadcrumbs={[{ label: t('drivers.title'), to: '/drivers' }]}
        badge={driver.data && <Status of={driver.data.status} />}
        description={driver.data && `TLC ${driver.data.tlc_license_number}`}
        actions={
          <>
            {mayManage && (
              <Button variant="default" onClick={open} disabled={!driver.data}>
                {t('drivers.edit')}
              </Button>
            )}
            {mayLend && (
              <Button component={Link} to={`/loans/new?driver_id=${id}`}>
                {t('drivers.lend')}
              </Button>
            )}
          </>
        }
      />
      <QueryState query={driver}>{(data) => <DriverBody driver={data} />}</QueryState>
      {isEditing && <DriverDialog id={id} onClose={close} />}
    </div>
  );
}

function DriverBody({ driver }: { readonly driver: Driver }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Paper p="lg" mb="lg">
        <DetailList
          details={[
            { label: t('drivers.phone'), value: driver.phone ?? '—' },
            { label: t('drivers.email'), value: driver.email ?? '—' },
            { label: t('drivers.created'), value: formatInstant(driver.created_on) },
          ]}
        />
      </Paper>
      <Title order={2} mb="sm">
        {t('drivers.leases')}
      </Title>
      <Leases driverId={driver.id} />
      <Group justify="space-between" mt="lg" mb="sm">
        <Title order={2}>{t('drivers.loans')}</Title>
      </Group>
      <Loans driverId={driver.id} />
    </>
  );
}

function Leases({ driverId }: { readonly driverId: number }): ReactNode {
  const { t } = useTranslation();
  const leases = api.useQuery('get', '/api/v1/leases', {
    params: { query: { driver_id: driverId, page_size: 50 } },
  });
  return (
    <QueryState query={leases} lines={2}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyList>{t('leases.none')}</EmptyList>
        ) : (
          <DataTable
            caption={t('drivers.leases')}
            rows={items}
            rowKey={({ id }) => id}
            rowHref={({ id }) => `/leases/${id}`}
            columns={[
              {
                key: 'lease',
                title: t('field.lease'),
                render: (lease) => (
                  <Anchor component={Link} to={`/leases/${lease.id}`} inherit>
                    {lease.lease_number}
                  </Anchor>
                ),
              },
              { key: 'medallion', title: t('field.medallion'), render: (lease) => lease.medallion_number },
              { key: 'plate', title: t('field.plate'), from: 'sm', render: (lease) => lease.vehicle_plate },
              { key: 'status', title: t('field.status'), render: ({ status }) => <Status of={status} /> },
              {
                key: 'account',
                title: t('drivers.account'),
                render: ({ id }) => (
                  <Anchor component={Link} to={`/ledger/accounts/${driverId}/${id}`} inherit>
                    {t('ledger.account.link')}
                  </Anchor>
                ),
              },
            ]}
          />
        )
      }
    </QueryState>
  );
}

function Loans({ driverId }: { readonly driverId: number }): ReactNode {
  const { t } = useTranslation();
  const loans = api.useQuery('get', '/api/v1/loans', {
    params: { query: { driver_id: driverId, page_size: 50 } },
  });
  return (
    <QueryState query={loans} lines={3}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyList>{t('drivers.noLoans')}</EmptyList>
        ) : (
          <DataTable
            caption={t('drivers.loans')}
            rows={items}
            rowKey={({ loan_id }) => loan_id}
            rowHref={({ loan_id }) => `/loans/${loan_id}`}
            columns={[
              {
                key: 'loan',
                title: t('loans.loanId'),
                render: ({ loan_id }) => (
                  <Anchor component={Link} to={`/loans/${loan_id}`} inherit className="figure">
                    {loan_id}
                  </Anchor>
                ),
              },
              { key: 'status', title: t('field.status'), render: ({ status }) => <Status of={status} /> },
              {
                key: 'lent',
                title: t('loans.lent'),
                from: 'sm',
                unbroken: true,
                render: (loan) => formatDate(loan.loan_date),
              },
              {
                key: 'amount',
                title: t('loans.amount'),
                numeric: true,
                from: 'sm',
                render: ({ loan_amount }) => <Money amount={loan_amount} />,
              },
              {
                key: 'outstanding',
                title: t('loans.outstanding'),
                numeric: true,
                render: ({ outstanding_balance }) => <Money amount={outstanding_balance} quietZero />,
              },
            ]}
          />
        )
      }
    </QueryState>
  );
}
