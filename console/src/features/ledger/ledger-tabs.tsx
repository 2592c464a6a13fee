import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SectionTabs } from '../../shared/page/section-tabs';

export function LedgerTabs(): ReactNode {
  const { t } = useTranslation();
  return (
    <SectionTabs
      label={t('ledger.tabs.label')}
      tabs={[
        { to: '/ledger', label: t('ledger.tabs.balances') },
        { to: '/ledger/postings', label: t('ledger.tabs.postings') },
        { to: '/ledger/receipts', label: t('ledger.tabs.receipts') },
        { to: '/ledger/credits', label: t('ledger.tabs.credits') },
        { to: '/ledger/verify', label: t('ledger.tabs.verify') },
      ]}
    />
  );
}

interface AccountTabsProps {
  readonly driverId: number;
  readonly leaseId: number;
}

export function AccountTabs({ driverId, leaseId }: AccountTabsProps): ReactNode {
  const { t } = useTranslation();
  const base = `/ledger/accounts/${driverId}/${leaseId}`;
  return (
    <SectionTabs
      label={t('ledger.account.tabs.label')}
      tabs={[
        { to: base, label: t('ledger.account.tabs.open') },
        { to: `${base}/statement`, label: t('ledger.account.tabs.statement') },
        { to: `${base}/postings`, label: t('ledger.account.tabs.postings') },
      ]}
    />
  );
}
