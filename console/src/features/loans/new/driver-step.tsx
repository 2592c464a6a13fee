import { Alert, Button, Radio, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import { DriverPicker } from '../../../shared/forms/driver-picker';
import { QueryState } from '../../../shared/page/query-state';
import type { Draft } from './draft';
import { Field } from '../../../shared/forms/form-errors';

interface StepProps {
  readonly draft: Draft;
  readonly change: (changes: Partial<Draft>) => void;
  readonly onNext: () => void;
}

export function DriverStep({ draft, change, onNext }: StepProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Stack gap="lg">
      <Field of="driver_id">
        <DriverPicker
          label={t('loans.new.driver')}
          description={t('loans.new.driverHint')}
          autoFocus
          value={draft.driverId}
          onChange={(driverId) => change({ driverId, leaseId: null })}
        />
      </Field>
      {draft.driverId !== null && <LeaseChoice driverId={draft.driverId} draft={draft} change={change} />}
      <div>
        <Button disabled={draft.leaseId === null} onClick={onNext}>
          {t('loans.new.toTerms')}
        </Button>
      </div>
    </Stack>
  );
}

interface LeaseChoiceProps extends Omit<StepProps, 'onNext'> {
  readonly driverId: number;
}

/** The driver's active leases. If there is only one, it is chosen. */
function LeaseChoice({ driverId, draft, change }: LeaseChoiceProps): ReactNode {
  const { t } = useTranslation();
  const leases = api.useQuery('get', '/api/v1/leases', {
    params: { query: { driver_id: driverId, status: 'ACTIVE', page_size: 50 } },
  });
  const only = leases.data?.items.length === 1 ? leases.data.items[0]?.id : undefined;
  useEffect(() => {
    if (only !== undefined && draft.leaseId === null) change({ leaseId: only });
  }, [only, draft.leaseId, change]);
  return (
    <QueryState query={leases} lines={2}>
      {({ items }) =>
        items.length === 0 ? (
          <Alert role="status" variant="outline" color="gray" c="var(--console-text)">
            {t('loans.new.noLease')}
          </Alert>
        ) : (
          <Radio.Group
            label={t('loans.new.lease')}
            description={t('loans.new.leaseHint')}
            value={draft.leaseId === null ? '' : `${draft.leaseId}`}
            onChange={(id) => change({ leaseId: parseInt(id, 10) })}
          >
            <Stack gap="xs" mt="sm">
              {items.map((lease) => (
                <Radio.Card key={lease.id} value={`${lease.id}`} p="sm" radius="md">
                  <Text fw={600} size="sm">
                    {t('field.medallion')} {lease.medallion_number}
                  </Text>
                  <Text size="sm" c="dimmed">
                    {lease.lease_number} · {t('field.plate')} {lease.vehicle_plate}
                  </Text>
                </Radio.Card>
              ))}
            </Stack>
          </Radio.Group>
        )
      }
    </QueryState>
  );
}
