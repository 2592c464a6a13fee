import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Drafted } from './draft';

/** Says that the form shows a stored draft, and offers to discard it. */
export function DraftNotice({ discard }: Pick<Drafted<unknown>, 'discard'>): ReactNode {
  const { t } = useTranslation();
  return (
    discard && (
      <Group role="status" gap="xs">
        <Text size="sm">{t('write.draft')}</Text>
        <Button size="compact-sm" variant="default" onClick={discard}>
          {t('write.discardDraft')}
        </Button>
      </Group>
    )
  );
}
