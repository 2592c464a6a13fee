import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SectionTabs } from '../../shared/page/section-tabs';

export function PostingTabs(): ReactNode {
  const { t } = useTranslation();
  return (
    <SectionTabs
      label={t('posting.tabs.label')}
      tabs={[
        { to: '/posting', label: t('posting.tabs.unposted') },
        { to: '/posting/runs', label: t('posting.tabs.runs') },
      ]}
    />
  );
}
