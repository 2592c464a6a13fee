import { Anchor, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../../api/client';
import { formatDollars } from '../../../shared/format';
import { closeNotifications } from '../../../shared/page/notify';
import { ReceiptButton } from './receipt-button';

/** The message after a payment, with the next steps: its posting, the statement of its week, the receipt. */
export function PaymentDone({ posting, total_payment }: Schemas['PaymentResponse']): ReactNode {
  const { t } = useTranslation();
  const { driver_id, lease_id, payment_period_start: week } = posting;
  const id = posting.posting_id ?? '';
  return (
    <>
      {t('ledger.pay.done', { amount: formatDollars(total_payment), id })}
      <Group gap="md" mt={6}>
        <Anchor component={Link} inherit onClick={closeNotifications} to={`/ledger/postings/${id}`}>
          {t('ledger.credits.payment')}
        </Anchor>
        <Anchor
          component={Link}
          inherit
          onClick={closeNotifications}
          to={`/ledger/accounts/${driver_id}/${lease_id}/statement?week=${week}`}
        >
          {t('ledger.account.tabs.statement')}
        </Anchor>
        <ReceiptButton postingId={id} size="compact-sm" />
      </Group>
    </>
  );
}
