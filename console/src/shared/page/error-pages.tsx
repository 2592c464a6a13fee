import { Button, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Permission } from '../../api/session';
import { permissionLabel } from '../values/permission-label';

export function NotFoundPage(): ReactNode {
  const { t } = useTranslation();
  return (
    <Stack align="flex-start" gap="sm" py="xl">
      <Title order={1}>{t('state.notFound')}</Title>
      <Text c="dimmed">{t('state.notFoundText')}</Text>
      <Button component={Link} to="/">
        {t('state.home')}
      </Button>
    </Stack>
  );
}

/** After an exception in a page, or if a chunk of an older build no longer exists. Reloading fixes both. */
export function CrashPage(): ReactNode {
  const { t } = useTranslation();
  return (
    <Stack align="flex-start" gap="sm" p="xl" role="alert">
      <Title order={1}>{t('state.crashed')}</Title>
      <Text c="dimmed">{t('state.crashedText')}</Text>
      <Button onClick={() => window.location.reload()}>{t('state.retry')}</Button>
    </Stack>
  );
}

/** Replaces a page for which the user lacks a permission. The API rejects its requests too. */
export function NotAllowedPage({ permissions }: { readonly permissions: readonly Permission[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <Stack align="flex-start" gap="sm" py="xl">
      <Title order={1}>{t('state.notAllowed')}</Title>
      <Text c="dimmed">
        {t('state.notAllowedText', {
          permissions: permissions.map((code) => permissionLabel(t, code)).join(', '),
        })}
      </Text>
    </Stack>
  );
}
