import { Button, Popover, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../../api/client';
import { DriverPicker } from '../../../shared/forms/driver-picker';

/** Opens an account: the user chooses a driver, then a lease. */
export function AccountOpener(): ReactNode {
  const { t } = useTranslation();
  const [isOpen, { toggle, close }] = useDisclosure();
  const [driverId, setDriverId] = useState<number | null>(null);
  return (
    <Popover
      opened={isOpen}
      onDismiss={close}
      position="bottom-end"
      width={320}
      trapFocus
      withinPortal={false}
    >
      <Popover.Target>
        <Button onClick={toggle}>{t('ledger.account.open')}</Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('ledger.account.open')}>
        <Stack gap="sm">
          <DriverPicker description={t('ledger.account.hint')} value={driverId} onChange={setDriverId} />
          {driverId !== null && <LeaseLinks driverId={driverId} />}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function LeaseLinks({ driverId }: { readonly driverId: number }): ReactNode {
  const { t } = useTranslation();
  const leases = api.useQuery('get', '/api/v1/leases', {
    params: { query: { driver_id: driverId, page_size: 50 } },
  });
  if (leases.data?.items.length === 0) return <Text size="sm">{t('list.empty')}</Text>;
  return leases.data?.items.map((lease) => (
    <Button
      key={lease.id}
      variant="default"
      component={Link}
      to={`/ledger/accounts/${driverId}/${lease.id}`}
      justify="flex-start"
    >
      {lease.lease_number} · {lease.medallion_number}
    </Button>
  ));
}
