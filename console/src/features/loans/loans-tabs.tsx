import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SectionTabs } from '../../shared/page/section-tabs';

export function LoansTabs(): ReactNode {
  const { t } = useTranslation();
  return (
    <SectionTabs
      label={t('loans.title')}
      tabs={[
        { to: '/loans', label: t('loans.tabs.all') },
        { to: '/loans/aging', label: t('loans.tabs.aging') },
      ]}
    />
  );
}
