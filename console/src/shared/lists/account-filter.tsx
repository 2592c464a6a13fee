import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { DriverPicker } from '../forms/driver-picker';
import type { ListState } from './list-state';

interface AccountFilterProps {
  readonly state: ListState<'driver_id' | 'lease_id'>;
}

/** No driver has more leases. */
const MAX_LEASES = 100;

/** Filters by driver, and then by one of the driver's leases. */
export function AccountFilter({ state }: AccountFilterProps): ReactNode {
  const { t } = useTranslation();
  const driverId = state.filters.driver_id;
  const leases = api.useQuery(
    'get',
    '/api/v1/leases',
    { params: { query: { driver_id: parseInt(driverId ?? '0', 10), page_size: MAX_LEASES } } },
    { enabled: driverId !== undefined },
  );
  return (
    <>
      <DriverPicker
        value={driverId === undefined ? null : parseInt(driverId, 10)}
        onChange={(id) =>
          state.setFilters({ driver_id: id === null ? undefined : `${id}`, lease_id: undefined })
        }
        w={{ sm: 200 }}
      />
      {driverId !== undefined && (
        <NativeSelect
          label={t('field.lease')}
          data={[
            { value: '', label: t('list.any') },
            ...(leases.data?.items ?? []).map((lease) => ({
              value: `${lease.id}`,
              label: `${lease.lease_number} · ${lease.medallion_number}`,
            })),
          ]}
          value={state.filters.lease_id ?? ''}
          onChange={(event) => state.setFilters({ lease_id: event.currentTarget.value || undefined })}
        />
      )}
    </>
  );
}
