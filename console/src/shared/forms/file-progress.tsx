import { Progress, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Shown while the service reads a file, which has no measured progress. */
export function FileProgress(): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Progress value={100} animated mt="sm" aria-label={t('imports.sending')} />
      <Text size="sm" mt={4}>
        {t('imports.sending')}
      </Text>
    </>
  );
}
