import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../../shared/page/page-header';
import { AccountHeader, useAccount } from '../account/account-header';
import { AccountOpener } from '../account/account-opener';
import { AccountTabs, LedgerTabs } from '../ledger-tabs';
import { PostingList } from './posting-list';

export function PostingsPage(): ReactNode {
  const { t } = useTranslation();
  return (
    <PostingList
      header={
        <>
          <PageHeader
            title={t('ledger.title')}
            description={t('ledger.description')}
            actions={<AccountOpener />}
          />
          <LedgerTabs />
        </>
      }
    />
  );
}

export function AccountPostingsPage(): ReactNode {
  const account = useAccount();
  return (
    <PostingList
      account={account}
      header={
        <>
          <AccountHeader />
          <AccountTabs {...account} />
        </>
      }
    />
  );
}
