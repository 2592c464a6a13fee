import { Grid, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import { usePermission } from '../../../api/session';
import { NotAllowedPage } from '../../../shared/page/error-pages';
import { QueryState } from '../../../shared/page/query-state';
import { sundayOf } from '../../../shared/format';
import { useBusinessDate } from '../../../shared/posting-schedule';
import { HIERARCHY } from '../categories';
import { AccountHeader, useAccount } from '../account/account-header';
import { AllocationForm } from './allocation-form';
import { PayForm } from './pay-form';
import { PayPreview } from './pay-preview';
import type { Receipt } from './receipt';
import { EMPTY_RECEIPT, toPayment } from './receipt';
import { useDraft } from '../../../shared/forms/draft';
import { DraftNotice } from '../../../shared/forms/draft-notice';
import { FormScope } from '../../../shared/forms/form-errors';

/** Records a payment by hierarchy or for chosen balances, with a preview of its allocation. */
export function PayPage(): ReactNode {
  const mayPost = usePermission('ledger:post');
  const account = useAccount();
  if (!mayPost) return <NotAllowedPage permissions={['ledger:post']} />;
  // the key: what was typed for one account is never shown for another
  return <Pay key={`${account.driverId}/${account.leaseId}`} {...account} />;
}

function Pay({ driverId, leaseId }: ReturnType<typeof useAccount>): ReactNode {
  const { t } = useTranslation();
  const today = useBusinessDate();
  const draft = useDraft<Receipt>(`payment/${driverId}/${leaseId}`, (stored) => stored ?? EMPTY_RECEIPT);
  const { input: receipt, setInput: setReceipt, discard } = draft;
  const change = (changes: Partial<Receipt>): void => setReceipt((before) => ({ ...before, ...changes }));
  const open = api.useQuery('get', '/api/v1/ledger/balances/driver/{driver_id}/lease/{lease_id}', {
    params: { path: { driver_id: driverId, lease_id: leaseId } },
  });
  const week = receipt.week ?? (today === undefined ? null : sundayOf(today));
  const hierarchy = HIERARCHY.map((category) => t(`category.${category}`)).join(', ');
  const payment = toPayment({ ...receipt, week }, { driverId, leaseId });
  return (
    <div>
      <AccountHeader title={t('ledger.pay.title')} />
      <FormScope>
        <Grid gap="xl">
          <Grid.Col span={{ base: 12, lg: 6 }}>
            <Paper p={{ base: 'md', sm: 'xl' }}>
              <Stack gap="md">
                <DraftNotice discard={discard} />
                <SegmentedControl
                  aria-label={t('ledger.pay.mode')}
                  value={receipt.mode}
                  onChange={(mode) => change({ mode })}
                  data={[
                    { value: 'hierarchy', label: t('ledger.pay.hierarchy') },
                    { value: 'targeted', label: t('ledger.pay.targeted') },
                  ]}
                />
                <Text size="sm" c="dimmed">
                  {t(`ledger.pay.${receipt.mode}Text`, { categories: hierarchy })}
                </Text>
                <PayForm receipt={receipt} week={week} today={today} change={change} />
                {receipt.mode === 'targeted' && (
                  <QueryState query={open}>
                    {({ balances }) => (
                      <AllocationForm
                        balances={balances}
                        amounts={receipt.amounts}
                        onChange={(amounts) => change({ amounts })}
                      />
                    )}
                  </QueryState>
                )}
              </Stack>
            </Paper>
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 6 }}>
            <Title order={2} mb="sm">
              {t('ledger.pay.preview')}
            </Title>
            {payment ? (
              <PayPreview payment={payment} onSaved={() => setReceipt(EMPTY_RECEIPT)} />
            ) : (
              <Text size="sm" c="dimmed">
                {t('ledger.pay.previewEmpty')}
              </Text>
            )}
          </Grid.Col>
        </Grid>
      </FormScope>
    </div>
  );
}
