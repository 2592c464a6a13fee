import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../shared/page-header';
import { AccountHeader, useAccount } from './account-header';
import { AccountOpener } from './account-opener';
import { AccountTabs, LedgerTabs } from './ledger-tabs';
import { PostingList } from './posting-list';

export function PostingsPage(): ReactNode {
  const { t } = useTranslation();
  return (
    <div>
      <PageHeader title={t('ledger.title')} lead={t('ledger.lead')} actions={<AccountOpener />} />
      <LedgerTabs />
      <PostingList />
    </div>
  );
}

export function AccountPostingsPage(): ReactNode {
  const account = useAccount();
  return (
    <div>
      <AccountHeader />
      <AccountTabs {...account} />
      <PostingList account={account} />
    </div>
  );
}
